import { ApiHideProperty, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Immutable, IsCron, IsIanaTimeZone, IsStorable, MayBeAbsent, MayBeNull, Nested } from './input-rules';
import { PoliciesDto } from './policies.dto';
import { MATCH_KEYS, type MatchKey } from './source.entity';

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

export class ScheduleDto {
  @ApiProperty({ description: 'Minute, hour, day of month, month, day of week', example: '0 3 * * *' })
  @IsCron()
  cron!: string;

  @ApiProperty({ description: 'IANA name of the time zone', example: 'Asia/Shanghai' })
  @IsIanaTimeZone()
  timeZone!: string;

  @ApiPropertyOptional({
    description: 'Incremental reads between the full ones, where the adapter can; in the same time zone',
    example: '*/10 * * * *',
  })
  @MayBeAbsent()
  @IsCron()
  incrementalCron?: string;
}

/** What may be set on a source at any time. */
class SourceSettings {
  @ApiPropertyOptional({ description: 'Shown to admins; the name until set', maxLength: 200 })
  @MayBeAbsent()
  @IsNotEmpty()
  @MaxLength(200)
  @IsStorable()
  displayName?: string;

  @ApiPropertyOptional({ description: 'Whether it is synced', default: true })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({
    type: Object,
    description:
      'What the configSchema of the adapter asks for. Replaces the stored ones; a secret that is left out stays, ' +
      'null clears it, and a change of host clears every secret that is not sent along.',
  })
  @MayBeAbsent()
  @IsObject()
  options?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'When it is pulled; null: only by hand', type: ScheduleDto, nullable: true })
  @MayBeNull()
  @Nested(() => ScheduleDto)
  schedule?: ScheduleDto | null;

  @ApiPropertyOptional({
    enum: MATCH_KEYS,
    isArray: true,
    description: 'By what a first link may be made; a push has to name the one that it wants',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayUnique()
  @IsIn(MATCH_KEYS, { each: true })
  matchKey?: MatchKey[];

  @ApiPropertyOptional({ default: 100, description: 'The higher one wins where several sources state one person' })
  @MayBeAbsent()
  @IsInt()
  @Min(-1_000_000)
  @Max(1_000_000)
  priority?: number;

  @ApiPropertyOptional({ type: PoliciesDto })
  @MayBeAbsent()
  @Nested(() => PoliciesDto)
  policies?: PoliciesDto;
}

export class CreateSourceBody extends SourceSettings {
  @ApiProperty({ description: 'Lower-case letters, digits and dashes; cannot be changed later', example: 'hr-system' })
  @Matches(NAME, { message: 'must be 1 to 63 lower-case letters, digits and dashes, and not begin with a dash' })
  name!: string;

  @ApiProperty({ description: 'Id of the source adapter', example: 'push' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  type!: string;
}

export class UpdateSourceBody extends SourceSettings {
  @ApiHideProperty()
  @MayBeAbsent()
  @Immutable('scripts and callback addresses use it. Make another source instead')
  name?: string;

  @ApiHideProperty()
  @MayBeAbsent()
  @Immutable('make another source instead')
  type?: string;
}

export class CheckStoredSourceBody {
  @ApiPropertyOptional({
    type: Object,
    description: 'Tried instead of the stored ones, by the rules of a change; left out: as it is stored',
  })
  @MayBeAbsent()
  @IsObject()
  options?: Record<string, unknown>;
}

export class CheckSourceBody {
  @ApiProperty({ description: 'Id of the source adapter', example: 'push' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  type!: string;

  @ApiPropertyOptional({ description: 'What the configSchema of the adapter asks for', type: Object })
  @MayBeAbsent()
  @IsObject()
  options?: Record<string, unknown>;
}

export class DeleteSourceQuery {
  @ApiProperty({
    enum: ['keep', 'remove'],
    description:
      'keep: its people stay; a new source of the same name and type takes its records back for 30 days. ' +
      'remove: a task first removes whom only this source states',
  })
  @IsIn(['keep', 'remove'], { message: 'must be "keep" (its people stay) or "remove" (whom only it states go)' })
  people!: 'keep' | 'remove';
}
