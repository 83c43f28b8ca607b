import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../http/page';

export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only what was done to this', example: 'source:7' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  subject?: string;

  @ApiPropertyOptional({ description: 'Only actions that begin like this', example: 'source.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  action?: string;

  @ApiPropertyOptional({ description: 'Only from this moment on', type: Date })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  since?: string;

  @ApiPropertyOptional({ description: 'Only before this moment', type: Date })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string;
}

export class ActorView {
  @ApiProperty({
    description: '`system`: the service itself, or somebody at the machine',
    enum: ['admin', 'key', 'system'],
  })
  kind!: 'admin' | 'key' | 'system';

  @ApiProperty({ description: 'Id of the admin or of the key', type: Number, nullable: true })
  id!: number | null;

  @ApiProperty({ description: 'Name at that time: accounts and keys may be gone', example: 'admin' })
  name!: string;
}

export class AuditEntryView {
  @ApiProperty({ description: 'Id of the entry' })
  id!: number;

  @ApiProperty({ description: 'When it was done' })
  at!: Date;

  @ApiProperty({ description: 'Who did it', type: ActorView })
  actor!: ActorView;

  @ApiProperty({ description: 'What was done', example: 'source.update' })
  action!: string;

  @ApiProperty({ description: 'What it was done to', example: 'source:7' })
  subject!: string;

  @ApiProperty({
    description: 'What that is called now, by each part of `subject`; users, tasks and what is gone have no name',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'source:7': 'WeCom' },
  })
  subjectNames!: Record<string, string>;

  @ApiProperty({ description: 'What changed; never a secret', type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;

  @ApiProperty({ description: 'The request that did it, as in the log', type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({
    description: 'The IP address that the request came from; null for what the service did by itself',
    type: String,
    nullable: true,
    example: '203.0.113.7',
  })
  address!: string | null;
}
