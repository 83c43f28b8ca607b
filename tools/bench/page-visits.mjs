// Pages in a real browser, and what opening them cost.
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS, findBrowser } from '../browser/find-browser.mjs';

const PATIENCE_MS = 60_000;

/** `cookie`: of somebody who is signed in. */
export async function openBrowser(url, cookie) {
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
  const [name, value] = cookie.split(/=(.*)/s);
  return {
    /**
     * Opens an address with an empty cache. `usable`: selector of what has to be visible. Resolves to the milliseconds until
     * then, the requests until then, and the bytes of JavaScript as they came over the wire.
     */
    visit: async (address, usable, signedIn) => {
      const context = await browser.newContext({
        baseURL: url,
        locale: 'en-GB',
        viewport: { width: 1280, height: 800 },
      });
      try {
        if (signedIn) await context.addCookies([{ name, value, url }]);
        const page = await context.newPage();
        const requests = [];
        const errors = [];
        page.on('pageerror', (error) => errors.push(error.message));
        page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
        // The stream of events never ends.
        page.on('request', (request) => {
          if (request.resourceType() !== 'eventsource') requests.push(request);
        });
        const started = performance.now();
        await page.goto(address, { waitUntil: 'commit' });
        await usableOrWhy(page, usable, errors);
        const ms = Math.round(performance.now() - started);
        const until = [...requests];
        const scripts = until.filter((request) => request.resourceType() === 'script');
        const sizes = await Promise.all(scripts.map((request) => request.sizes()));
        const scriptBytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
        return { ms, requests: until.length, scriptBytes };
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}

async function usableOrWhy(page, usable, errors) {
  try {
    await page.locator(usable).first().waitFor({ timeout: PATIENCE_MS });
  } catch (error) {
    const shown = (await page.locator('body').innerText()).slice(0, 500);
    throw new Error(
      `${page.url()} could not be used after ${PATIENCE_MS / 1_000} s. It shows: ${shown}\n${errors.join('\n')}`,
      {
        cause: error,
      },
    );
  }
}
