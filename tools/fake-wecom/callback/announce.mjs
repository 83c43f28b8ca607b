import { keyOf } from '../company/company.mjs';
import { contactMessages, visibilityMessage } from './messages.mjs';

/**
 * Tells the callback addresses what changed: contacts-sync what its form says of the change, the app who entered its
 * visible range (`subscribe`) and who left it (`unsubscribe`).
 */
export class Announcer {
  #corp;
  #company;
  #views;
  #callbacks;
  /** Key → userid of whoever the app sees; only while it has an address, for it looks at everybody. */
  #visible;

  constructor({ corp, company, settings, administration, callbacks, views }) {
    this.#corp = corp;
    this.#company = company;
    this.#views = views;
    this.#callbacks = callbacks;
    administration.onChange((change) => {
      for (const message of contactMessages(change, settings.values.callbacks)) callbacks.send('contacts', message);
      this.#tellApp(change);
    });
    settings.onChange((after, before) => {
      if (after.visibleRange !== before.visibleRange) this.#tellApp();
    });
  }

  /** The app has an address now: who is visible at this moment is no news. */
  watchApp() {
    this.#visible = this.#visibleNow();
  }

  /** After a change of a member only that one is looked at, after anything else everybody. */
  #tellApp(change) {
    if (!this.#callbacks.has('app')) return;
    if (change?.kind.startsWith('member ')) {
      const userids = [change.before?.userid, change.after?.userid].filter((userid) => userid !== undefined);
      for (const key of new Set(userids.map(keyOf))) this.#compare(key, this.#company.member(key));
    } else if (change?.kind !== 'department added' && change?.kind !== 'department deleted') {
      const keys = new Set([...this.#visible.keys(), ...this.#visibleNow().keys()]);
      for (const key of keys) this.#compare(key, this.#company.member(key));
    }
  }

  #compare(key, member) {
    const before = this.#visible.get(key);
    const isVisible = member !== undefined && this.#views.of('app').sees(member);
    if (isVisible) this.#visible.set(key, member.userid);
    else this.#visible.delete(key);
    if (isVisible && before === undefined) this.#send('subscribe', member.userid);
    if (!isVisible && before !== undefined) this.#send('unsubscribe', before);
  }

  #send(event, userid) {
    this.#callbacks.send('app', visibilityMessage(event, userid, this.#corp.agentId));
  }

  #visibleNow() {
    const members = this.#views.of('app').members();
    return new Map(members.map(({ userid }) => [keyOf(userid), userid]));
  }
}
