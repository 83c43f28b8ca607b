// The menus of the site. Titles are those of the pages, so that nothing is called by two names.
import { API_REFERENCE, CORE_REFERENCE, addressOf, pageFiles, pageOf, titleOf } from './pages.mjs';

const GUIDE = [
  ['Begin', ['docs/README.md', 'docs/start.md', 'docs/tour.md', 'docs/moving-from-nocobase.md']],
  [
    'Concepts',
    [
      'docs/concepts/README.md',
      'docs/concepts/held-plans.md',
      'docs/concepts/leaving.md',
      'docs/concepts/several-sources.md',
      'docs/concepts/undo.md',
    ],
  ],
  ['Use', ['docs/sources.md', 'docs/tasks.md', 'docs/people.md', 'docs/targets.md']],
  ['Adapters', ['docs/adapters/README.md', /^packages\/(source|target)-/]],
  [
    'HTTP API',
    [
      'docs/push.md',
      'docs/http-api/README.md',
      'docs/http-api/errors.md',
      'docs/http-api/snapshots.md',
      'docs/http-api/changes.md',
      'docs/http-api/callbacks.md',
    ],
  ],
  ['HTTP API, every route', [new RegExp(`^${API_REFERENCE}/`)]],
  ['Operate', [/^docs\/operating\/README/, /^docs\/operating\//, 'packages/rollcall/README.md']],
  [
    'Write an adapter',
    [
      'docs/writing-adapters/README.md',
      'docs/writing-adapters/source.md',
      'docs/writing-adapters/target.md',
      'packages/create-adapter/README.md',
      'docs/writing-adapters/inner-loop.md',
      'docs/writing-adapters/testing.md',
      'docs/writing-adapters/publishing.md',
      'packages/core/README.md',
      'docs/adapter-contract.md',
      new RegExp(`^${CORE_REFERENCE}/`),
    ],
  ],
  ['Project', ['CHANGELOG.md', 'docs/performance.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/adr/README.md']],
];

/** The pages that there are in every language, in their order; file names below the folder of the language. */
export const TRANSLATED = ['README.md', 'sources.md', 'tasks.md', 'push.md'];

/** The menu at the side of the English pages. */
export function guide() {
  const files = pageFiles();
  return GUIDE.map(([text, patterns]) => ({
    text,
    collapsed: ['HTTP API, every route'].includes(text),
    items: [...new Set(patterns.flatMap((pattern) => files.filter((file) => fits(file, pattern))))].map(entry),
  }));
}

/** The menu of another language: `docs/fr`. */
export function translated(folder) {
  return TRANSLATED.map((name) => entry(`${folder}/${name}`));
}

/** Decisions have a menu of their own: they are many. */
export function decisions() {
  return pageFiles()
    .filter((file) => /^docs\/adr\/\d/.test(file))
    .map(entry);
}

/** Pages that no menu leads to, which nobody would find. */
export function lostPages() {
  const menus = [
    ...guide().flatMap(({ items }) => items),
    ...decisions(),
    ...translated('docs/fr'),
    ...translated('docs/zh'),
  ];
  const led = new Set(menus.map(({ link }) => link));
  return pageFiles().filter((file) => !led.has(addressOf(pageOf(file))));
}

function fits(file, pattern) {
  return typeof pattern === 'string' ? file === pattern : pattern.test(file);
}

function entry(file) {
  return { text: titleOf(file), link: addressOf(pageOf(file)) };
}
