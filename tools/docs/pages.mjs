// Which Markdown files are pages of the site, and where: one answer for the site, its navigation and its checks. The files
// stay readable where they lie, so they link to each other as files, and the site turns that into its own addresses.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { REPOSITORY } from '../bootstrap.mjs';

/** Pages that lie outside of docs/, because somebody looks for them there. */
const OUTSIDE = {
  'ARCHITECTURE.md': 'architecture.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'packages/core/README.md': 'writing-adapters/sdk.md',
  'packages/create-adapter/README.md': 'writing-adapters/generator.md',
  'packages/rollcall/README.md': 'operating/command-line.md',
};

/** Generated below docs/ before each build; git ignores them. */
export const API_REFERENCE = 'docs/http-api/reference';
export const CORE_REFERENCE = 'docs/writing-adapters/reference';

/** The page that a file of the repository becomes, as `operating/backup.md`; undefined when it becomes none. */
export function pageOf(file) {
  if (OUTSIDE[file]) return OUTSIDE[file];
  const adapter = /^packages\/((?:source|target)-[a-z-]+)\/README\.md$/.exec(file)?.[1];
  if (adapter) return `adapters/${adapter}.md`;
  if (!/^docs\/.+\.md$/.test(file)) return undefined;
  return file.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md');
}

/** The address of a page on the site: `/operating/backup`. */
export function addressOf(page) {
  return `/${page.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`;
}

/** The anchor of a heading, as code hosts make it, so that one link serves both. */
export function anchorOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Where a link of a file leads in the repository, without its anchor; undefined for one that leaves it, or stays in the file. */
export function linkedFile(from, link) {
  const path = decodeURI(link.replace(/[#?].*$/, ''));
  if (path === '' || /^[a-z]+:|^\//.test(link)) return undefined;
  return posix.normalize(posix.join(posix.dirname(from), path)).replace(/\/$/, '');
}

/** A link between files as a link between pages; undefined for a file that is not on the site. */
export function siteLink(from, link) {
  const file = linkedFile(from, link);
  if (file === undefined) return link;
  const anchor = /#.*$/.exec(link)?.[0] ?? '';
  if (file.startsWith('docs/public/')) return file.slice('docs/public'.length);
  const page = pageOf(isFolder(file) ? `${file}/README.md` : file);
  return page === undefined ? undefined : addressOf(page) + anchor;
}

function isFolder(file) {
  const path = join(REPOSITORY, file);
  return existsSync(path) && statSync(path).isDirectory();
}

/** Every file that is a page, those that are generated included when they are there. */
export function pageFiles() {
  const below = (folder) =>
    readdirSync(join(REPOSITORY, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : below(path);
      return path;
    });
  const readmes = readdirSync(join(REPOSITORY, 'packages')).map((name) => `packages/${name}/README.md`);
  return [...Object.keys(OUTSIDE), ...readmes, ...below('docs')]
    .filter((file, index, all) => pageOf(file) !== undefined && all.indexOf(file) === index)
    .filter((file) => existsSync(join(REPOSITORY, file)));
}

/** Pages that are written, and not made from something else. */
export function writtenFiles() {
  return pageFiles().filter((file) => !file.startsWith(`${API_REFERENCE}/`) && !file.startsWith(`${CORE_REFERENCE}/`));
}

/** What a page calls itself. */
export function titleOf(file) {
  return /^# (.+)$/m.exec(readFileSync(join(REPOSITORY, file), 'utf8'))?.[1]?.replaceAll('`', '') ?? file;
}
