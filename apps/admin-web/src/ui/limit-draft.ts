import type { Limit } from '../api/types';

/** A limit as typed: what is no number yet is none here, either. */
export type LimitDraft = Record<keyof Limit, string>;

/** What applies where nothing else was said. */
export const DEFAULT_LIMIT: LimitDraft = { count: '500', percent: '10' };

export function limitDraftOf({ count, percent }: Limit): LimitDraft {
  return { count: String(count), percent: String(percent) };
}

export function limitOf({ count, percent }: LimitDraft): Limit {
  return { count: Number(count), percent: decimal(percent) };
}

/** JSON pointers, below that of the limit, of what is no number in its range. */
export function wrongParts({ count, percent }: LimitDraft, pointer: string): string[] {
  const isPercent = percent.trim() !== '' && decimal(percent) >= 0 && decimal(percent) <= 100;
  return [
    ...(/^\d{1,9}$/.test(count.trim()) ? [] : [`${pointer}/count`]),
    ...(isPercent ? [] : [`${pointer}/percent`]),
  ];
}

/** Half of the readers write their decimals with a comma. */
function decimal(text: string): number {
  return Number(text.replace(',', '.'));
}
