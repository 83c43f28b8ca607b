import { ApiError } from './errors.mjs';

/** Call frequency by corp and API, by address and API; parallel calls by corp and API. */
export class RateLimits {
  #clock;
  #settings;
  #windows = new Map();
  #parallel = new Map();
  #wrongPhones = 0;

  constructor(clock, settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Counts one call; throws 45009 when that is one too many, and then until the block is over. */
  count(endpoint, ip, isDebug) {
    const { perMinute, perHour, ipPerMinute, ipPerHour, debugPerMinute, minuteMs, hourMs } =
      this.#settings.values.limits;
    const windows = [
      [`corp ${endpoint} minute`, perMinute, minuteMs],
      [`corp ${endpoint} hour`, perHour, hourMs],
      [`ip ${ip} ${endpoint} minute`, ipPerMinute, minuteMs],
      [`ip ${ip} ${endpoint} hour`, ipPerHour, hourMs],
    ];
    if (isDebug) windows.push(['debug minute', debugPerMinute, minuteMs]);
    // All of them first: a call that is refused by one is counted by none.
    for (const [key] of windows) this.#refuseBlocked(key);
    for (const [key, limit, length] of windows) this.#countIn(key, limit, length);
  }

  /** A call begins, and lasts until it is answered. False when too many of the same API run; otherwise it must leave. */
  enter(endpoint) {
    const running = this.#parallel.get(endpoint) ?? 0;
    if (running >= this.#settings.values.limits.parallel) return false;
    this.#parallel.set(endpoint, running + 1);
    return true;
  }

  leave(endpoint) {
    this.#parallel.set(endpoint, this.#parallel.get(endpoint) - 1);
  }

  /** Looking up phone numbers that nobody has is punished for a day. */
  checkPhones() {
    this.#refuseBlocked('phones');
  }

  countWrongPhone(people) {
    this.#wrongPhones++;
    const { wrongPhonesShare, hourMs } = this.#settings.values.limits;
    if (this.#wrongPhones <= people * wrongPhonesShare) return;
    this.#wrongPhones = 0;
    this.#windows.set('phones', { blockedUntil: this.#clock.now() + 24 * hourMs });
  }

  /** Forgets counts and blocks. */
  clear() {
    this.#windows.clear();
    this.#wrongPhones = 0;
  }

  #refuseBlocked(key) {
    if (this.#clock.now() < (this.#windows.get(key)?.blockedUntil ?? 0)) throw new ApiError(45009);
  }

  #countIn(key, limit, length) {
    const now = this.#clock.now();
    let window = this.#windows.get(key);
    if (!window || now >= window.since + length) {
      window = { since: now, count: 0, blockedUntil: 0 };
      this.#windows.set(key, window);
    }
    window.count++;
    if (window.count <= limit) return;
    // Blocked for as long as the window is: a minute, an hour.
    this.#windows.set(key, { since: now + length, count: 0, blockedUntil: now + length });
    throw new ApiError(45009);
  }
}
