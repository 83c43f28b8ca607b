import { settleClaims } from './settle-claims';
import type { Claim } from './sql/find-claims';

const claim = (record_id: number, field: Claim['field'], value: string, more: Partial<Claim> = {}): Claim => ({
  record_id,
  resource_id: record_id * 10,
  position: record_id,
  field,
  value,
  holder_id: null,
  released_by: null,
  ...more,
});

const losers = (claims: Claim[]): [number, string, number | null][] =>
  settleClaims(claims).losers.map((lost) => [lost.record_id, lost.field, lost.holder_id]);

describe('contested values', () => {
  it('stay with a holder who keeps them', () => {
    expect(losers([claim(1, 'email', 'a', { holder_id: 99 })])).toEqual([[1, 'email', 99]]);
  });

  it('go over when the holder gives them up in the same batch', () => {
    const claims = [
      claim(1, 'username', 'b', { holder_id: 20, released_by: 2 }),
      claim(2, 'username', 'a', { holder_id: 10, released_by: 1 }),
    ];
    const settled = settleClaims(claims);
    expect(settled.losers).toEqual([]);
    expect(settled.vacating.username).toEqual([20, 10]);
  });

  it('go to the first in the read when several ask', () => {
    expect(losers([claim(1, 'phone', 'x'), claim(2, 'phone', 'x'), claim(3, 'phone', 'x')])).toEqual([
      [2, 'phone', 10],
      [3, 'phone', 10],
    ]);
  });

  it('come back to a holder whose own change fails, and whoever counted on them loses too', () => {
    const claims = [
      claim(1, 'username', 'b', { holder_id: 20, released_by: 2 }),
      claim(2, 'username', 'c', { holder_id: 30, released_by: 3 }),
      claim(3, 'username', 'd', { holder_id: 99 }),
    ];
    expect(losers(claims).map(([id]) => id)).toEqual([3, 2, 1]);
    expect(settleClaims(claims).vacating.username).toEqual([]);
  });

  it('are not lost to a claimant who cannot win anyway', () => {
    const claims = [
      claim(1, 'username', 'x'),
      claim(1, 'email', 'taken', { holder_id: 99 }),
      claim(2, 'username', 'x'),
    ];
    expect(losers(claims)).toEqual([[1, 'email', 99]]);
  });

  it('do not depend on case or field: the same text as username and as e-mail is not contested', () => {
    expect(losers([claim(1, 'username', 'x'), claim(2, 'email', 'x')])).toEqual([]);
  });
});
