import { differing, isOvertaken, mergeEdits } from './merge-edits';

const base = {
  name: 'A',
  options: { code: 'Q', note: 'n', list: [1], token: undefined },
  schedule: null,
  limits: { n: '1' },
};

it('leaves to others what was not touched here', () => {
  const mine = { ...base, options: { ...base.options, contact: 'me' } };
  const theirs = { ...base, name: 'B', options: { ...base.options, code: 'Z' }, limits: { n: '2' } };
  expect(mergeEdits(base, mine, theirs)).toEqual({
    ...theirs,
    options: { ...base.options, code: 'Z', contact: 'me' },
  });
});

it('keeps what was touched here, also what was taken out or cleared', () => {
  const { note: _, ...rest } = base.options;
  const mine = { ...base, options: { ...rest, list: [], token: null } };
  const theirs = { ...base, options: { ...base.options, note: 'theirs', list: [1, 2] } };
  expect(mergeEdits<object>(base, mine, theirs)).toEqual({ ...base, options: { code: 'Q', list: [], token: null } });
});

it('takes from others what they took out, and what they made of nothing', () => {
  const mine = { ...base, name: 'Mine' };
  const { note: _, ...rest } = base.options;
  const theirs = { ...base, options: rest, schedule: { cron: '0 3 * * *' } };
  expect(mergeEdits<object>(base, mine, theirs)).toEqual({ ...theirs, name: 'Mine' });
});

it('tells which settings differ', () => {
  expect(differing<object>({ a: 1, b: { c: [1] }, d: null }, { a: 1, b: { c: [2] }, d: null })).toEqual({
    b: { c: [2] },
  });
});

describe('what was changed here is overtaken', () => {
  const mine = { ...base, name: 'Mine', limits: { n: '5' } };

  it.each([
    ['by the same field elsewhere', { ...base, name: 'Theirs' }, true],
    ['by the same place in it', { ...base, limits: { n: '6' } }, true],
    ['by nothing', base, false],
    ['not by another field', { ...base, options: { ...base.options, code: 'Z' } }, false],
    ['not by the same value', { ...base, name: 'Mine' }, false],
  ])('%s', (_, theirs, overtaken) => {
    expect(isOvertaken<object>(base, mine, base, theirs)).toBe(overtaken);
  });

  it('once: not again by what was looked at', () => {
    const theirs = { ...base, name: 'Theirs' };
    expect(isOvertaken<object>(base, mine, theirs, theirs)).toBe(false);
    expect(isOvertaken<object>(base, mine, theirs, { ...base, name: 'Once more' })).toBe(true);
  });
});
