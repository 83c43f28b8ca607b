import { setTimeout as sleep } from 'node:timers/promises';
import { RollcallError } from '@rollcall/core';

export interface PaceLimits {
  ratePerMinute: number;
  concurrency: number;
}

/** Why a wait ended: the reason of the signal, as an error. */
export function stopped(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new RollcallError('read_interrupted', 'The read was stopped before its end.');
}

/** Waits, but not longer than until `signal` is aborted; then it throws its reason. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throw stopped(signal);
  }
}

/** Where a pace gets its time from; another one in tests. */
export interface Clock {
  now(): number;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const REAL: Clock = { now: () => Date.now(), pause };

/**
 * How fast one secret may be used: so many calls at a time, so many a minute, and none while the vendor asks to wait. All
 * calls of a process with that secret go through one of these.
 */
export class Pace {
  private running = 0;
  private limit = 1;
  /** Milliseconds between two calls, and how many may come before their time. Together they keep to the rate in any minute. */
  private interval = 0;
  private burst = 0;
  /** When the next call would be due if all came evenly. */
  private due = 0;
  private pausedUntil = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly clock: Clock = REAL) {}

  set({ ratePerMinute, concurrency }: PaceLimits): void {
    this.limit = concurrency;
    this.burst = Math.floor(ratePerMinute / 50);
    this.interval = 60_000 / Math.max(1, ratePerMinute - this.burst - 1);
  }

  /** No call begins for so long. */
  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + milliseconds);
  }

  /** Until when no call begins; undefined: calls may begin. */
  get paused(): Date | undefined {
    return this.pausedUntil > this.clock.now() ? new Date(this.pausedUntil) : undefined;
  }

  /** One call at a time less, until the limits are set again. */
  narrow(): void {
    this.limit = Math.max(1, this.limit - 1);
  }

  async run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    await this.enter(signal);
    try {
      for (let wait = this.wait(); wait > 0; wait = this.wait()) await this.clock.pause(wait, signal);
      this.due = Math.max(this.due, this.clock.now()) + this.interval;
      return await call();
    } finally {
      this.leave();
    }
  }

  private wait(): number {
    const now = this.clock.now();
    return Math.max(this.pausedUntil - now, this.due - this.burst * this.interval - now);
  }

  private async enter(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw stopped(signal);
    if (this.running < this.limit) {
      this.running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(stopped(signal));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(begin);
    });
  }

  /** Whoever waits longest takes the place that becomes free. */
  private leave(): void {
    this.running--;
    while (this.running < this.limit) {
      const begin = this.waiting.shift();
      if (!begin) return;
      this.running++;
      begin();
    }
  }
}
