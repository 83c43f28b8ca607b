import type { Claim } from './sql/find-claims';
import type { UniqueField } from './columns';

export interface Settlement {
  /** Changes that lose: to be failed with field and holder. */
  losers: Claim[];
  /** Field → users whose value another winner takes over in this batch. */
  vacating: Record<UniqueField, number[]>;
}

/**
 * Decides who gets a contested value, against the final state: the present holder keeps it unless its own change gives
 * it up; among claimants the first in the read wins. A change that loses keeps what it has, so whoever counted on its
 * old value may lose in turn: repeated until nothing moves (at most once per claim).
 */
export function settleClaims(claims: readonly Claim[]): Settlement {
  const lost = new Map<number, Claim>();
  const open = (): Claim[] => claims.filter((claim) => !lost.has(claim.record_id));
  const holderKeeps = (claim: Claim): boolean =>
    claim.holder_id !== null && (claim.released_by === null || lost.has(claim.released_by));
  for (;;) {
    // Holders first: a claimant that cannot win anyway must not push another one aside.
    const losers = open().filter(holderKeeps);
    for (const claim of losers) lost.set(claim.record_id, claim);
    if (losers.length === 0 && !dropLaterClaimants(open(), lost)) break;
  }
  const vacating: Settlement['vacating'] = { username: [], email: [], phone: [] };
  for (const claim of open()) {
    if (claim.holder_id !== null) vacating[claim.field].push(claim.holder_id);
  }
  return { losers: [...lost.values()], vacating };
}

/** Of several claimants of one value the first in the read stays. Says whether anybody lost. */
function dropLaterClaimants(claims: readonly Claim[], lost: Map<number, Claim>): boolean {
  const winners = new Map<string, Claim>();
  let dropped = false;
  for (const claim of claims) {
    const key = `${claim.field} ${claim.value}`;
    const first = winners.get(key);
    if (!first) {
      winners.set(key, claim);
    } else if (first.record_id !== claim.record_id && !lost.has(first.record_id)) {
      lost.set(claim.record_id, { ...claim, holder_id: first.resource_id });
      dropped = true;
    }
  }
  return dropped;
}
