import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA, one line each; empty is good. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(
    // Only what is wrong is told in full, which takes a fraction of the time.
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], preload: false })`,
  );
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact ?? 'minor'} ${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}
