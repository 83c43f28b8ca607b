const MINUTE_MS = 60_000;

/** What was called, how often, how it ended, and how much at once. */
export class Counters {
  #clock;
  #calls;
  #byErrcode;
  #running = new Map();
  #highest;
  #minutes;
  /** Times of the last minute's calls, for the busiest minute wherever it began. */
  #recent;
  #busiest;

  constructor(clock) {
    this.#clock = clock;
    this.reset();
  }

  reset() {
    this.#calls = new Map();
    this.#byErrcode = new Map();
    this.#highest = new Map();
    this.#minutes = new Map();
    this.#recent = [];
    this.#busiest = 0;
  }

  begin(endpoint) {
    const now = this.#clock.now();
    add(this.#calls, endpoint);
    add(this.#minutes, Math.floor(now / MINUTE_MS));
    this.#recent.push(now);
    while (this.#recent[0] <= now - MINUTE_MS) this.#recent.shift();
    this.#busiest = Math.max(this.#busiest, this.#recent.length);
    for (const name of [endpoint, '*']) {
      const running = (this.#running.get(name) ?? 0) + 1;
      this.#running.set(name, running);
      if (running > (this.#highest.get(name) ?? 0)) this.#highest.set(name, running);
    }
  }

  end(endpoint) {
    for (const name of [endpoint, '*']) this.#running.set(name, this.#running.get(name) - 1);
  }

  /** An answer with an errcode that is not 0, or a fault of another kind by its name. */
  failed(endpoint, what) {
    add(this.#byErrcode, `${endpoint} ${what}`);
  }

  read() {
    const errors = {};
    for (const [key, count] of this.#byErrcode) {
      const [endpoint, what] = key.split(' ');
      (errors[endpoint] ??= {})[what] = count;
    }
    const { '*': highestParallel = 0, ...parallelByEndpoint } = Object.fromEntries(this.#highest);
    return {
      total: [...this.#calls.values()].reduce((sum, count) => sum + count, 0),
      calls: Object.fromEntries(this.#calls),
      errors,
      highestParallel,
      parallelByEndpoint,
      busiestMinute: this.#busiest,
      perMinute: [...this.#minutes].map(([minute, calls]) => ({
        minute: new Date(minute * MINUTE_MS).toISOString(),
        calls,
      })),
    };
  }
}

function add(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}
