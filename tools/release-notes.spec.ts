import type * as ReleaseNotes from './release-notes.mjs';

let releaseNotes: typeof ReleaseNotes.releaseNotes;

beforeAll(async () => {
  ({ releaseNotes } = await import('./release-notes.mjs'));
});

const HEAD = '# Changelog\n\nAll notable changes.\n\n';

test('what is unreleased gets the number and the date of the release, above what was released before', () => {
  const text = `${HEAD}## Unreleased\n\n### Added\n\n- Two.\n\n## 0.1.0 - 2026-01-01\n\n- One.\n`;
  expect(releaseNotes(text, '0.2.0', '2026-11-28')).toEqual({
    notes: '### Added\n\n- Two.',
    changelog: `${HEAD}## Unreleased\n\n## 0.2.0 - 2026-11-28\n\n### Added\n\n- Two.\n\n## 0.1.0 - 2026-01-01\n\n- One.\n`,
  });
});

test('the first release has nothing before it', () => {
  expect(releaseNotes(`${HEAD}## Unreleased\n\n- One.\n`, '0.1.0', '2026-11-28').changelog).toBe(
    `${HEAD}## Unreleased\n\n## 0.1.0 - 2026-11-28\n\n- One.\n`,
  );
});

test.each([
  ['nothing is unreleased', `${HEAD}## Unreleased\n\n## 0.1.0 - 2026-01-01\n\n- One.\n`, 'there is nothing to release'],
  ['there is no such part', HEAD, 'has no part "## Unreleased"'],
])('refuses when %s', (_what, text, message) => {
  expect(() => releaseNotes(text, '0.2.0', '2026-11-28')).toThrow(message);
});
