import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
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
}

export class AuditEntryView {
  @ApiProperty({ description: 'Id of the entry' })
  id!: number;

  @ApiProperty({ description: 'When it was done' })
  at!: Date;

  @ApiProperty({ description: 'Who did it, named as then', example: { kind: 'admin', id: 1, name: 'admin' } })
  actor!: { kind: 'admin' | 'key' | 'system'; id: number | null; name: string };

  @ApiProperty({ description: 'What was done', example: 'source.update' })
  action!: string;

  @ApiProperty({ description: 'What it was done to', example: 'source:7' })
  subject!: string;

  @ApiProperty({ description: 'What changed; never a secret', type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;

  @ApiProperty({ description: 'The request that did it, as in the log', type: String, nullable: true })
  requestId!: string | null;
}
