import type { ApiKeyBody, Scope } from '../../api/types';
import { expiryOf, type Lifetime } from './expiry';

/** The form of a new key as it is filled in. */
export interface KeyDraft {
  name: string;
  scopes: Scope[];
  /** Null: any. */
  sourceId: number | null;
  lifetime: Lifetime;
  /** The chosen day, `2026-12-31`, when `lifetime` is `date`. */
  day: string;
}

export const NEW_KEY: KeyDraft = { name: '', scopes: ['push'], sourceId: null, lifetime: '365', day: '' };

export type KeyProblem = 'nameMissing' | 'scopeMissing' | 'dayMissing';
export type KeyProblems = Partial<Record<'name' | 'scopes' | 'day', KeyProblem>>;

/** Only what is pushed can be bound to a source, and whoever may do everything cannot be bound. */
export function canBind(scopes: readonly Scope[]): boolean {
  return scopes.includes('push') && !scopes.includes('admin');
}

export function problemsOf(draft: KeyDraft, now: Date): KeyProblems {
  return {
    ...(draft.name.trim() === '' && { name: 'nameMissing' }),
    ...(draft.scopes.length === 0 && { scopes: 'scopeMissing' }),
    ...(expiryOf(draft.lifetime, draft.day, now) === undefined && { day: 'dayMissing' }),
  };
}

/** What the API takes; undefined while something is missing. */
export function bodyOf(draft: KeyDraft, now: Date): ApiKeyBody | undefined {
  const expiresAt = expiryOf(draft.lifetime, draft.day, now);
  if (expiresAt === undefined || Object.keys(problemsOf(draft, now)).length > 0) return undefined;
  const sourceId = canBind(draft.scopes) ? draft.sourceId : null;
  return { name: draft.name.trim(), scopes: draft.scopes, sourceId, expiresAt };
}
