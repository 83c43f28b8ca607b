import { ApiHideProperty, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Immutable, MayBeAbsent, MayBeNull, Nested } from '../sources/input-rules';
import { LeavingLimitsDto } from '../sources/policies.dto';

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const GREATEST_ID = 2 ** 31 - 1;

/** What may be set on a target at any time. */
class TargetSettings {
  @ApiPropertyOptional({
    description: 'Whether records are applied there. Switched on, its first plan for each source waits for approval.',
    default: true,
  })
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

  @ApiPropertyOptional({
    type: [Number],
    nullable: true,
    description:
      'Ids of sources: only their records go there; null: those of all sources. What is there already of a source that is ' +
      'taken away stays, and is not looked after any more.',
  })
  @MayBeNull()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(GREATEST_ID, { each: true })
  sources?: number[] | null;

  @ApiPropertyOptional({
    type: LeavingLimitsDto,
    description:
      'How much one task may take away there before it is held. Only for targets elsewhere: what is taken away in tables ' +
      'of this service counts against the limits of the source.',
  })
  @MayBeAbsent()
  @Nested(() => LeavingLimitsDto)
  limits?: LeavingLimitsDto;
}

export class CreateTargetBody extends TargetSettings {
  @ApiProperty({ description: 'Lower-case letters, digits and dashes; cannot be changed later', example: 'crm' })
  @Matches(NAME, { message: 'must be 1 to 63 lower-case letters, digits and dashes, and not begin with a dash' })
  name!: string;

  @ApiProperty({ description: 'Id of the target adapter' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  type!: string;
}

export class UpdateTargetBody extends TargetSettings {
  @ApiHideProperty()
  @MayBeAbsent()
  @Immutable('counts and changes of tasks name it. Make another target instead')
  name?: string;

  @ApiHideProperty()
  @MayBeAbsent()
  @Immutable('make another target instead')
  type?: string;
}

export class CheckStoredTargetBody {
  @ApiPropertyOptional({
    type: Object,
    description: 'Tried instead of the stored ones, by the rules of a change; left out: as it is stored',
  })
  @MayBeAbsent()
  @IsObject()
  options?: Record<string, unknown>;
}

export class CheckTargetBody {
  @ApiProperty({ description: 'Id of the target adapter' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  type!: string;

  @ApiPropertyOptional({ description: 'What the configSchema of the adapter asks for', type: Object })
  @MayBeAbsent()
  @IsObject()
  options?: Record<string, unknown>;
}
