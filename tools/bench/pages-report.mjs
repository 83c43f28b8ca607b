// The table of pages, and whether they keep to their budgets.

/** Most bytes of compressed JavaScript until the page can be used. `sources` is the first list that somebody sees. */
const MOST_BYTES = { 'sign-in': 150_000, sources: 420_000 };
const MOST_MS = 1_000;
const MOST_MS_UP_TO = 100_000;

export const BUDGETS = `Budgets: sign-in ${MOST_BYTES['sign-in'] / 1_000} kB and the first list ${MOST_BYTES.sources / 1_000} kB of compressed JavaScript; every page within ${MOST_MS} ms
with up to ${MOST_MS_UP_TO.toLocaleString('en')} users.`;

export function pagesTable({ n, pages }) {
  const head = ['', 'usable after', 'first time', 'requests', 'JavaScript'];
  const rows = pages.map(({ name, ms, firstMs, requests, scriptBytes }) => [
    name,
    `${ms} ms`,
    `${firstMs} ms`,
    String(requests),
    `${Math.round(scriptBytes / 1_000)} kB`,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  return [`\n${n.toLocaleString('en')} users`, ...[head, ...rows].map(line)].join('\n');
}

/** One line a budget. */
export function budgetsMet({ n, pages }) {
  const bytes = pages
    .filter(({ name }) => MOST_BYTES[name] !== undefined)
    .map(({ name, scriptBytes }) =>
      verdict(`${name}, kB of JavaScript`, scriptBytes / 1_000, MOST_BYTES[name] / 1_000),
    );
  const slowest = Math.max(...pages.map(({ ms }) => ms));
  return [...bytes, ...(n <= MOST_MS_UP_TO ? [verdict('slowest page, ms', slowest, MOST_MS)] : [])].join('\n');
}

function verdict(what, value, most) {
  return `${value <= most ? 'met   ' : 'MISSED'}  ${what}: ${Math.round(value)}, at most ${most}`;
}
