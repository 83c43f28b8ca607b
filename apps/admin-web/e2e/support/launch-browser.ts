import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const FINDER = join(__dirname, '../../../../tools/browser/find-browser.mjs');

/** Scroll bars take no room unless they are asked for: Playwright hides them. */
export async function launchBrowser({ scrollBars = false } = {}): Promise<Browser> {
  const { BROWSER_FLAGS, findBrowser } = (await import(
    FINDER
  )) as typeof import('../../../../tools/browser/find-browser.mjs');
  return chromium.launch({
    executablePath: await findBrowser(),
    args: BROWSER_FLAGS,
    headless: true,
    ...(scrollBars && { ignoreDefaultArgs: ['--hide-scrollbars'] }),
  });
}
