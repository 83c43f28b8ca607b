import type { Options, TargetLimits, TargetSettings } from '../../api/targets';
import type { Target } from '../../api/types';
import { DEFAULT_LIMIT, type LimitDraft, limitDraftOf, limitOf, wrongParts } from '../../ui/limit-draft';

/** Kinds of removal that can be limited, in the order in which they are asked. */
export const LIMITED = ['deletes', 'disables'] as const satisfies (keyof TargetLimits)[];
export type Limited = (typeof LIMITED)[number];

/** What somebody is entering about a target. */
export interface TargetDraft {
  options: Options;
  /** Null: all sources. */
  sources: number[] | null;
  limits: Record<Limited, LimitDraft>;
}

export const EMPTY_DRAFT: TargetDraft = {
  options: {},
  sources: null,
  limits: { deletes: DEFAULT_LIMIT, disables: DEFAULT_LIMIT },
};

/** How the JSON pointers of a target's fields begin. */
export const PLACES = ['/options', '/sources', '/limits'];

export function draftOf({ options, sources, limits }: Target): TargetDraft {
  const draft = (kind: Limited): LimitDraft => (limits ? limitDraftOf(limits[kind]) : DEFAULT_LIMIT);
  return { options, sources, limits: { deletes: draft('deletes'), disables: draft('disables') } };
}

/** What the service is to be told; `remote`: only targets elsewhere have limits. */
export function settingsOf({ options, sources, limits }: TargetDraft, remote: boolean): TargetSettings {
  if (!remote) return { options, sources };
  return { options, sources, limits: { deletes: limitOf(limits.deletes), disables: limitOf(limits.disables) } };
}

/** JSON pointers of the limits that are no numbers: the service could only be told nonsense about them. */
export function wrongLimits({ limits }: TargetDraft, remote: boolean): string[] {
  return remote ? LIMITED.flatMap((kind) => wrongParts(limits[kind], `/limits/${kind}`)) : [];
}
