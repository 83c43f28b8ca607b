import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../api/errors.mjs';
import { isAesKey } from './crypto.mjs';
import { messageXml } from './messages.mjs';
import { checkCallbackUrl, post, sealedRequest, verifyCallback } from './post.mjs';

/**
 * Sends messages to the callback addresses: that of contacts-sync (`contacts`) and that of the app (`app`).
 *
 *     waiting → sending → delivered | failed        failed: every try was in vain, nobody hears of it again
 *     dropped                                        never sent, by order of the settings
 */
export class CallbackSender {
  #corp;
  #settings;
  #clock;
  #random;
  #targets = new Map();
  #deliveries = [];
  /** Not to be sent yet: kept back, or waiting for others to be put in another order with. */
  #held = [];
  /** To be sent as soon as fewer are on their way. */
  #queue = [];
  #sending = 0;
  #timer;
  #idle = [];
  #closed = new AbortController();
  #nextId = 1;

  constructor(corp, settings, clock, random) {
    this.#corp = corp;
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
    settings.onChange(() => this.#pump());
  }

  /** Verifies the address and keeps it; throws 40057 with what is wrong. Token and key of the corp when none are given. */
  async set(kind, { url, token = this.#corp.callbackToken, encodingAesKey = this.#corp.encodingAesKey }) {
    checkCallbackUrl(url);
    if (!isAesKey(encodingAesKey)) throw new Error('An EncodingAESKey has 43 letters and digits.');
    const target = { url, token, encodingAesKey };
    const options = this.#settings.values.callbacks;
    const signal = this.#closed.signal;
    const problem = await verifyCallback(target, this.#corp.corpId, this.#clock.seconds(), options, signal);
    if (problem) throw new ApiError(40057, `The callback address did not verify: ${problem}.`);
    this.#targets.set(kind, target);
  }

  remove(kind) {
    this.#targets.delete(kind);
  }

  /** Addresses by kind. */
  targets() {
    return Object.fromEntries([...this.#targets].map(([kind, { url }]) => [kind, url]));
  }

  has(kind) {
    return this.#targets.has(kind);
  }

  /** Sends one message, unless the address is not set. The settings may drop it, or send it twice. */
  send(kind, message) {
    if (!this.#targets.has(kind)) return;
    const { drop, duplicate } = this.#settings.values.callbacks;
    const delivery = this.#record(kind, message);
    if (this.#random.chance(drop)) {
      delivery.state = 'dropped';
      return;
    }
    this.#held.push(delivery);
    if (this.#random.chance(duplicate)) this.#held.push(this.#copyOf(delivery));
    this.#pump();
  }

  /** Sends what `hold` kept back, in another order (`shuffle`), a share of it twice (`duplicate`). How many there are. */
  release({ shuffle = false, duplicate = 0 } = {}) {
    const copies = this.#held.filter(() => this.#random.chance(duplicate)).map((each) => this.#copyOf(each));
    const all = [...this.#held.splice(0), ...copies];
    this.#queueUp(shuffle ? this.#random.shuffled(all) : all);
    return all.length;
  }

  /** Everything that was sent, is on its way, or was dropped, oldest first. */
  deliveries() {
    return this.#deliveries.map((delivery) => ({ ...delivery, attempts: [...delivery.attempts] }));
  }

  /** Forgets those that are over. */
  forgetDeliveries() {
    this.#deliveries = this.#deliveries.filter(({ state }) => state === 'waiting' || state === 'sending');
  }

  /** Until nothing waits and nothing is on its way. What is held back is not waited for. */
  async idle() {
    if (this.#isIdle()) return;
    await new Promise((resolve) => this.#idle.push(resolve));
  }

  close() {
    this.#closed.abort(new Error('The fake was closed.'));
    clearTimeout(this.#timer);
    this.#held = [];
    this.#queue = [];
    this.#tellIdle();
  }

  #record(kind, { event = 'change_contact', changeType, ...message }) {
    const delivery = {
      id: this.#nextId++,
      kind,
      event,
      changeType,
      at: new Date(this.#clock.now()).toISOString(),
      message: messageXml({ event, changeType, ...message }, this.#corp.corpId, this.#clock.seconds()),
      state: 'waiting',
      attempts: [],
    };
    this.#deliveries.push(delivery);
    return delivery;
  }

  #copyOf(delivery) {
    const copy = { ...delivery, id: this.#nextId++, duplicateOf: delivery.id, attempts: [] };
    this.#deliveries.push(copy);
    return copy;
  }

  /** Lets go what may go: at once, or, to be put in another order, after a little while together. */
  #pump() {
    const { hold, reorder, reorderMs } = this.#settings.values.callbacks;
    if (hold || this.#held.length === 0) return this.#tellIdle();
    if (reorder === 0) return this.#queueUp(this.#held.splice(0));
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#settings.values.callbacks.hold) this.#queueUp(this.#inOtherOrder(this.#held.splice(0), reorder));
    }, reorderMs);
  }

  /** Each message changes places only with its neighbours, `width` of them together. */
  #inOtherOrder(list, width) {
    const groups = Array.from({ length: Math.ceil(list.length / width) }, (_, n) =>
      list.slice(n * width, (n + 1) * width),
    );
    return groups.flatMap((group) => this.#random.shuffled(group));
  }

  #queueUp(deliveries) {
    for (const delivery of deliveries) this.#queue.push(delivery);
    this.#start();
  }

  #start() {
    while (this.#queue.length > 0 && this.#sending < this.#settings.values.callbacks.parallel) {
      this.#sending++;
      void this.#deliver(this.#queue.shift()).finally(() => {
        this.#sending--;
        this.#start();
        this.#tellIdle();
      });
    }
  }

  /** Tries until the other side says 200, or it was asked often enough. */
  async #deliver(delivery) {
    delivery.state = 'sending';
    const { pauseMs } = this.#settings.values.callbacks;
    if (pauseMs > 0) await sleep(pauseMs, undefined, { ref: false });
    let request;
    for (let attempt = 0; ; attempt++) {
      const options = this.#settings.values.callbacks;
      const target = this.#targets.get(delivery.kind);
      if (!target || this.#closed.signal.aborted) break;
      if (!request || options.resign) {
        request = sealedRequest(target, delivery.message, this.#corp.corpId, this.#clock.seconds(), options);
      }
      const { status, error } = await post(request, options.timeoutMs, this.#closed.signal);
      delivery.attempts.push(error ? { error } : { status });
      if (status === 200) {
        delivery.state = 'delivered';
        return;
      }
      if (attempt >= options.retries || this.#closed.signal.aborted) break;
      await sleep(options.retryDelayMs, undefined, { ref: false });
    }
    delivery.state = 'failed';
  }

  #isIdle() {
    const isQuiet = this.#held.length === 0 || this.#settings.values.callbacks.hold;
    return isQuiet && this.#queue.length === 0 && this.#sending === 0;
  }

  #tellIdle() {
    if (this.#isIdle()) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
