/** How many pages before and after the one that shows are there to choose. */
const NEAR = 2;

/** The first page, the last one, and those around the current one, in order; null where pages are left out. */
export function pagesAround(current: number, last: number): (number | null)[] {
  const shown = [1, last, current];
  for (let distance = 1; distance <= NEAR; distance++) shown.push(current - distance, current + distance);
  const pages = [...new Set(shown)].filter((page) => page >= 1 && page <= last).sort((a, b) => a - b);
  return pages.flatMap((page, index) => {
    const missing = page - (pages[index - 1] ?? 0) - 1;
    // In the place of a gap of one stands the page itself.
    if (missing === 1) return [page - 1, page];
    return missing > 1 ? [null, page] : [page];
  });
}
