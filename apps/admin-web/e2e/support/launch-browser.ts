import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './find-browser';

/** Nothing of the browser's own may reach for the network. Root and containers cannot have its sandbox. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: FLAGS, headless: true });
}
