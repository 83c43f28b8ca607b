// What tests hold the documentation against: see docs.spec.ts.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../bootstrap.mjs';
import { linkProblems } from './links.mjs';
import { TRANSLATED, lostPages } from './navigation.mjs';
import { pageOf, writtenFiles } from './pages.mjs';
import { commandsOf, curlRequest, sampleProblems, samplesOf, scripts } from './samples.mjs';

export { linkProblems, lostPages, sampleProblems, samplesOf };

/** Everything that people read: the pages, and what stands beside the code. */
export function documents() {
  const readmes = readdirSync(join(REPOSITORY, 'packages')).map((name) => `packages/${name}/README.md`);
  return [...new Set(['README.md', ...readmes, ...writtenFiles()])];
}

/** What the commands of a page ask of Rollcall, in order; those that send a file are left out. */
export function requestsOf(file) {
  return samplesOf(file)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => commandsOf(text))
    .flatMap(([command, ...args]) => (command === 'curl' ? (curlRequest(args) ?? []) : []))
    .filter(({ body }) => !body?.startsWith('@'));
}

/** Variables, scripts and metrics that a text names and nothing in the repository knows. */
export function nameProblems(file, text = read(file)) {
  const unknown = (pattern, known) =>
    [...new Set([...text.matchAll(pattern)].map((match) => match[1]))].filter((name) => !known(name));
  return [
    ...unknown(/\b(ROLLCALL_[A-Z_]*[A-Z])\b/g, (name) => name === 'ROLLCALL_KEY' || inCode(name)),
    ...unknown(/`npm run ([a-z:-]+)/g, (name) => name in scripts()).map((name) => `npm run ${name}`),
    ...unknown(/\b(rollcall_(?!session)[a-z]+_[a-z_]+|rollcall_tasks)\b/g, inCode),
  ].map((name) => `${file}: ${name} is known to nothing in the code`);
}

let code;

function inCode(name) {
  code ??=
    ['apps/sync-api/src', 'packages/embedded/src', 'packages/rollcall', 'tools'].map(sourcesBelow).join('\n') +
    read('jest.config.mjs');
  return new RegExp(`\\b${name}\\b`).test(code);
}

function sourcesBelow(folder) {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes('node_modules') && !name.startsWith('docs'))
    .map((name) => read(`${folder}/${name}`))
    .join('\n');
}

/** Rows of a page's tables whose first cell is a name in backticks, as name → second cell. */
export function tableRows(file, text = read(file)) {
  return [...text.matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)].map(([, name, value]) => [
    name,
    value.replaceAll('`', '').trim(),
  ]);
}

/** What config.ts reads, as name → default as text; '' when it has none or makes one. */
export function settings() {
  const source = read('apps/sync-api/src/config.ts');
  const names = new Set([...source.matchAll(/'([A-Z][A-Z_]{3,})'/g)].map((match) => match[1]));
  const numbers = [...source.matchAll(/integer\(env, '(\w+)', ([\d_]+)/g)];
  const choices = [...source.matchAll(/oneOf\(env, '(\w+)', \[.*?\], '(\w+)'\)/g)];
  const texts = [...source.matchAll(/optional\(env, '(\w+)'\) \?\? '([^']+)'/g)];
  const defaults = new Map(
    [...numbers, ...choices, ...texts].map(([, name, value]) => [name, value.replaceAll('_', '')]),
  );
  return [...names].map((name) => [name, defaults.get(name) ?? '']);
}

/** Pages that one language has and another lacks. */
export function translationProblems(files = writtenFiles()) {
  const folders = ['docs/fr', 'docs/zh'];
  return folders.flatMap((folder) => {
    const own = files.filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1));
    return [
      ...TRANSLATED.filter((name) => !own.includes(name)).map((name) => `${folder} lacks ${name}`),
      ...own.filter((name) => !TRANSLATED.includes(name)).map((name) => `${folder} has ${name} alone`),
      ...own.filter((name) => !files.includes(`docs/${name}`)).map((name) => `${name} is not in English`),
    ];
  });
}

/** Links and anchors of a built site that lead nowhere, as sentences. */
export function siteProblems(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const pages = new Map(
    names
      .filter((name) => name.endsWith('.html'))
      .map((name) => [addressIn(name), readFileSync(join(folder, name), 'utf8')]),
  );
  const files = new Set(names.map((name) => `/${name}`));
  const anchors = new Map([...pages].map(([address, html]) => [address, new Set(valuesOf(html, 'id'))]));
  return [...pages].flatMap(([address, html]) =>
    [...new Set(valuesOf(html, 'href'))].flatMap((href) => {
      if (/^[a-z]+:|^\/\//.test(href)) return [];
      const [path, anchor] = decodeURI(href.replaceAll('&amp;', '&')).split('#');
      const target = path === '' ? address : path;
      if (!pages.has(target)) return files.has(target) ? [] : [`${address}: ${href} leads to no page`];
      return !anchor || anchors.get(target).has(anchor) ? [] : [`${address}: ${href} leads to no heading`];
    }),
  );
}

function addressIn(name) {
  return `/${name.replace(/\.html$/, '').replace(/(^|\/)index$/, '$1')}`;
}

function valuesOf(html, attribute) {
  return [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map((match) => match[1]);
}

/** Files that a reader of the site would not find in it. */
export function pagesLackingFrom(folder) {
  const built = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  return writtenFiles().filter((file) => !built.has(pageOf(file).replace(/\.md$/, '.html')));
}

function read(file) {
  return readFileSync(join(REPOSITORY, file), 'utf8');
}
