import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startTestApp, type TestApp } from '../../../sync-api/src/testing/start-test-app';
import { launchBrowser } from './launch-browser';
import { visit, type Visit } from './visit';

export interface OpenRollcall {
  app: TestApp;
  visit(options?: BrowserContextOptions): Promise<Visit>;
  /** Signed in as the first admin already: the sign-in page has its own tests. In another browser when one is given. */
  visitAsAdmin(options?: BrowserContextOptions, browser?: Browser): Promise<Visit>;
  close(): Promise<void>;
}

/**
 * The real service with the built pages, and a real browser. Needs `npm run build`, which `npm test` does. `env` overrides
 * the service's environment.
 */
export async function openRollcall(env: NodeJS.ProcessEnv = {}): Promise<OpenRollcall> {
  const [app, browser] = await both(startTestApp(env), launchBrowser());
  return {
    app,
    visit: (options) => visit(browser, app.url, options),
    visitAsAdmin: async (options, other = browser) => {
      const tab = await visit(other, app.url, options);
      const [name = '', value = ''] = (app.admin.headers['Cookie'] ?? '').split(/=(.*)/s);
      await tab.page.context().addCookies([{ name, value, url: app.url }]);
      return tab;
    },
    close: async () => {
      await browser.close();
      await app.close();
    },
  };
}

/** When one cannot start, the other must not stay. */
async function both(app: Promise<TestApp>, browser: Promise<Browser>): Promise<[TestApp, Browser]> {
  try {
    return await Promise.all([app, browser]);
  } catch (error) {
    await Promise.allSettled([app.then((started) => started.close()), browser.then((started) => started.close())]);
    throw error;
  }
}
