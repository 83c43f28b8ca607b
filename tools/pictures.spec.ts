import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const REPOSITORY = join(__dirname, '..');
const PICTURES = join(REPOSITORY, 'docs', 'screenshots');

const documents = ['README.md', ...readdirSync(join(REPOSITORY, 'docs')).map((name) => join('docs', name))].filter(
  (name) => name.endsWith('.md'),
);

/** Every picture that a document shows, as a path. */
const shown = documents.flatMap((name) => {
  const text = readFileSync(join(REPOSITORY, name), 'utf8');
  return [...text.matchAll(/!\[[^\]]+\]\(([^)]+\.png)\)/g)].map((match) =>
    join(REPOSITORY, dirname(name), match[1] ?? ''),
  );
});

test('every picture that the documents show is there, and every one that is there is shown', () => {
  expect(shown.filter((path) => !existsSync(path))).toEqual([]);
  const kept = readdirSync(PICTURES).map((name) => join(PICTURES, name));
  expect(kept.filter((path) => !shown.includes(path))).toEqual([]);
});

test('pictures are small enough for a repository, and as wide as a window', () => {
  for (const name of readdirSync(PICTURES)) {
    const png = readFileSync(join(PICTURES, name));
    expect([name, png.length <= 150_000, png.readUInt32BE(16)]).toEqual([name, true, 1280]);
  }
});
