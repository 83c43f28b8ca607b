import { ApiProperty } from '@nestjs/swagger';
import { effectiveLimits } from '../sources/policies';
import { LimitsView } from '../sources/policies.dto';
import { BUILT_IN_TARGETS, type Target } from './target.entity';

export class TargetView {
  @ApiProperty({ description: 'Id of the target' })
  id!: number;

  @ApiProperty({ description: 'Unique name of the target', example: 'users' })
  name!: string;

  @ApiProperty({ description: 'Id of the target adapter', example: 'users' })
  type!: string;

  @ApiProperty({ description: 'Whether records are applied here' })
  enabled!: boolean;

  @ApiProperty({ description: 'Without secrets', type: Object })
  options!: Record<string, unknown>;

  @ApiProperty({ type: [String], description: 'Names of the secrets that are stored' })
  secretsSet!: string[];

  @ApiProperty({ type: [Number], nullable: true, description: 'Only records of these sources go there; null: of all' })
  sources!: number[] | null;

  @ApiProperty({ type: LimitsView, description: 'How much one task may take away there before it is held' })
  limits!: LimitsView;

  @ApiProperty({ description: 'It came with Rollcall: it is always on, for every source, and cannot be deleted' })
  builtIn!: boolean;
}

export function toTargetView(target: Target, shown: Pick<TargetView, 'options' | 'secretsSet'>): TargetView {
  const { id, name, type, enabled, sources, limits } = target;
  return {
    id,
    name,
    type,
    enabled,
    ...shown,
    sources,
    limits: effectiveLimits(limits),
    builtIn: BUILT_IN_TARGETS.includes(name),
  };
}
