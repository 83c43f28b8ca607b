import type { Options, TargetLimits, TargetSettings } from '../../api/targets';
import type { Limit, Target } from '../../api/types';

/** Kinds of removal that can be limited, in the order in which they are asked. */
export const LIMITED = ['deletes', 'disables'] as const satisfies (keyof TargetLimits)[];
export type Limited = (typeof LIMITED)[number];

/** As typed: what is no number yet is not one here, either. */
export type LimitText = Record<keyof Limit, string>;

/** What somebody is entering about a target. */
export interface TargetDraft {
  options: Options;
  /** Null: all sources. */
  sources: number[] | null;
  limits: Record<Limited, LimitText>;
}

/** What applies to a target of which nothing else was said. */
const DEFAULT_LIMIT: LimitText = { count: '500', percent: '10' };

export const EMPTY_DRAFT: TargetDraft = {
  options: {},
  sources: null,
  limits: { deletes: DEFAULT_LIMIT, disables: DEFAULT_LIMIT },
};

export function draftOf({ options, sources, limits }: Target): TargetDraft {
  const text = (kind: Limited): LimitText =>
    limits ? { count: String(limits[kind].count), percent: String(limits[kind].percent) } : DEFAULT_LIMIT;
  return { options, sources, limits: { deletes: text('deletes'), disables: text('disables') } };
}

/** What the service is to be told; `remote`: only targets elsewhere have limits. */
export function settingsOf({ options, sources, limits }: TargetDraft, remote: boolean): TargetSettings {
  if (!remote) return { options, sources };
  return { options, sources, limits: { deletes: limitOf(limits.deletes), disables: limitOf(limits.disables) } };
}

/** JSON pointers of the limits that are no numbers: the service could only be told nonsense about them. */
export function wrongLimits({ limits }: TargetDraft): string[] {
  return LIMITED.flatMap((kind) => [
    ...(isCount(limits[kind].count) ? [] : [`/limits/${kind}/count`]),
    ...(isPercent(limits[kind].percent) ? [] : [`/limits/${kind}/percent`]),
  ]);
}

const limitOf = ({ count, percent }: LimitText): Limit => ({ count: Number(count), percent: numberOf(percent) });

const isCount = (text: string): boolean => /^\d{1,9}$/.test(text.trim());
const isPercent = (text: string): boolean => text.trim() !== '' && numberOf(text) >= 0 && numberOf(text) <= 100;

/** Half of the readers write their decimals with a comma. */
function numberOf(text: string): number {
  return Number(text.replace(',', '.'));
}
