import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface Visit {
  page: Page;
  /** What went wrong in the page: uncaught errors, and console errors such as violations of the security policy. */
  errors: string[];
  close(): Promise<void>;
}

/** Chromium reports every answer from 400 on as a console error; whether one was right is for the test to say. */
const ANSWER = /^Failed to load resource: the server responded with a status of/;

/** A browser window of its own, without anybody's cookies. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  // Shorter than a test may take, so that what was waited for is what fails.
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !ANSWER.test(message.text())) errors.push(message.text());
  });
  return { page, errors, close: () => context.close() };
}

/** Signs in by the page itself. */
export async function signInByPage(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
