import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { THOROUGH } from '../../../sync-api/src/testing/thorough';

const FOLDER = join(__dirname, '../screenshots');

/** Keeps what the page looks like, for people to look at, in a thorough run. Git ignores the folder. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!THOROUGH) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}
