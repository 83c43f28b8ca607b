/** The fake's time: that of the machine, moved forward at will, so that nobody waits for a token or a window to end. */
export class Clock {
  #offset = 0;
  #listeners = [];

  /** Milliseconds since 1970. */
  now() {
    return Date.now() + this.#offset;
  }

  /** Whole seconds since 1970, as the vendor writes times. */
  seconds() {
    return Math.floor(this.now() / 1_000);
  }

  advance(milliseconds) {
    this.#offset += milliseconds;
    for (const listener of this.#listeners) listener();
  }

  onAdvance(listener) {
    this.#listeners.push(listener);
  }
}
