import { keyOf } from '../company/company.mjs';
import { contactMessages, visibilityMessage } from './messages.mjs';

/**
 * Tells the callback addresses what changed: contacts-sync what its form says of the change, the app who entered its
 * visible range (`subscribe`) and who left it (`unsubscribe`).
 */
export class Announcer {
  #corp;
  #views;
  #callbacks;
  /** Key → userid of whoever the app sees; only while it has an address, for it looks at everybody. */
  #visible;

  constructor({ corp, settings, administration, callbacks, views }) {
    this.#corp = corp;
    this.#views = views;
    this.#callbacks = callbacks;
    administration.onChange((change) => {
      for (const message of contactMessages(change, settings.values.callbacks)) callbacks.send('contacts', message);
      this.#tellApp();
    });
    settings.onChange((after, before) => {
      if (after.visibleRange !== before.visibleRange) this.#tellApp();
    });
  }

  /** The app has an address now: who is visible at this moment is no news. */
  watchApp() {
    this.#visible = this.#visibleNow();
  }

  #tellApp() {
    if (!this.#callbacks.has('app')) return;
    const before = this.#visible;
    this.#visible = this.#visibleNow();
    for (const [key, userid] of this.#visible) if (!before.has(key)) this.#send('subscribe', userid);
    for (const [key, userid] of before) if (!this.#visible.has(key)) this.#send('unsubscribe', userid);
  }

  #send(event, userid) {
    this.#callbacks.send('app', visibilityMessage(event, userid, this.#corp.agentId));
  }

  #visibleNow() {
    const members = this.#views.of('app').members();
    return new Map(members.map(({ userid }) => [keyOf(userid), userid]));
  }
}
