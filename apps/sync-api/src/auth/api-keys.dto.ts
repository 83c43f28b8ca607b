import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Min,
} from 'class-validator';
import { SCOPES, type Scope } from './caller';

export class ApiKeyBody {
  @ApiProperty({ description: 'What the key is for', example: 'HR nightly push', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({ description: 'What the key may do', enum: SCOPES, isArray: true, example: ['push'] })
  @ArrayMinSize(1)
  @ArrayMaxSize(SCOPES.length)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true, message: `must be among ${SCOPES.join(', ')}` })
  scopes!: Scope[];

  @ApiPropertyOptional({
    description:
      'Binds the key to a source: it can push to no other, and need not name it. For keys that only push and read',
    type: Number,
    nullable: true,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  sourceId?: number | null;

  @ApiPropertyOptional({ description: 'When the key stops working; without it, never', type: Date, nullable: true })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  expiresAt?: string | null;
}

export class NamedReference {
  @ApiProperty({ description: 'Id' })
  id!: number;

  @ApiProperty({ description: 'Name' })
  name!: string;
}

export class ApiKeyView {
  @ApiProperty({ description: 'Id of the key' })
  id!: number;

  @ApiProperty({ description: 'What the key is for' })
  name!: string;

  @ApiProperty({ description: 'How the key begins, to recognise it by', example: 'rck_Zk3v' })
  hint!: string;

  @ApiProperty({ description: 'What the key may do', enum: SCOPES, isArray: true })
  scopes!: Scope[];

  @ApiProperty({ description: 'The only source that the key may name', type: NamedReference, nullable: true })
  source!: NamedReference | null;

  @ApiProperty({ description: 'When the key stops working', type: Date, nullable: true })
  expiresAt!: Date | null;

  @ApiProperty({ description: 'Last use, accurate to a minute', type: Date, nullable: true })
  lastUsedAt!: Date | null;

  @ApiProperty({ description: 'When the key was made' })
  createdAt!: Date;
}

export class NewApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'The key itself. It is shown here and never again', example: 'rck_…' })
  key!: string;
}
