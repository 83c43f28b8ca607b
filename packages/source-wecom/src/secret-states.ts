import { hash } from 'node:crypto';
import { Pace, type PaceLimits } from './pace';
import { Tokens } from './tokens';

/** What all calls of this process with one secret share. */
export interface SecretState {
  pace: Pace;
  tokens: Tokens;
}

/** Secrets of which the state is kept; the one that was not used longest goes. */
const KEPT = 200;

const states = new Map<string, SecretState>();

/** The state of a secret, found by its hash. Another address or corp never gets a token that was made for this one. */
export function secretState(api: string, corpId: string, secret: string, limits: PaceLimits): SecretState {
  const key = hash('sha256', JSON.stringify([api, corpId, secret]), 'hex');
  const state = states.get(key) ?? { pace: new Pace(), tokens: new Tokens() };
  states.delete(key);
  states.set(key, state);
  const [oldest] = states.keys();
  if (states.size > KEPT && oldest !== undefined) states.delete(oldest);
  state.pace.set(limits);
  return state;
}
