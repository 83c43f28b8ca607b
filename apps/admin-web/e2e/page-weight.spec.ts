import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = join(__dirname, '../dist');
const KILOBYTE = 1000;

interface Chunk {
  file: string;
  name?: string;
  imports?: string[];
}

const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** What a browser loads for these entries of the build, or chunks of these names: their code and all that it imports, compressed. */
function weight(...entries: string[]): number {
  const files = new Set<string>();
  const add = (key: string): void => {
    const chunk = manifest[key] ?? Object.values(manifest).find(({ name }) => name === key);
    if (!chunk) throw new Error(`The build has no "${key}". Run "npm run build".`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  entries.forEach(add);
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 6 }).length, 0);
}

test('what shows without a session needs at most 150 kB of compressed JavaScript', () => {
  const bytes = weight('index.html', 'src/i18n/locales/fr/frame.json');
  expect(bytes).toBeLessThanOrEqual(150 * KILOBYTE);
});

test('the first list page needs at most 420 kB, and none of what forms from schemas need', () => {
  const bytes = weight(
    'index.html',
    'src/app/frame.tsx',
    'src/pages/sources/sources-page.tsx',
    'src/i18n/locales/fr/frame.json',
    'texts-fr',
    '../../node_modules/antd/es/locale/fr_FR.js',
  );
  expect(bytes).toBeLessThanOrEqual(420 * KILOBYTE);
  // A module that most pages share and that imports such a form would bring it to all of them.
  expect(bytes).toBeLessThanOrEqual(350 * KILOBYTE);
});
