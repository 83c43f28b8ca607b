import type { Locator, Page } from 'playwright-core';

/** More stops than any page has. */
const MOST_STOPS = 250;

/** Somebody who has no mouse: goes from control to control, types, and presses keys. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes to a control; `back`: it stands before where the focus is. */
  async to(target: Locator, { back = false } = {}): Promise<void> {
    await target.waitFor();
    const focused = target.and(this.page.locator(':focus'));
    for (let stops = 0; (await focused.count()) === 0; stops++) {
      if (stops > MOST_STOPS) throw new Error(`The keyboard does not get to ${target.toString()}.`);
      await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    }
  }

  /** Goes to a button or link and presses it. */
  async press(target: Locator, options?: { back?: boolean }): Promise<void> {
    await this.to(target, options);
    await this.page.keyboard.press('Enter');
  }

  /** Goes to a field and types over what is in it. */
  async type(target: Locator, text: string, options?: { back?: boolean }): Promise<void> {
    await this.to(target, options);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }
}
