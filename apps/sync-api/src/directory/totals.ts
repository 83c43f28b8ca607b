import { Injectable } from '@nestjs/common';

/** A total up to here is always counted anew. */
const SMALL = 10_000;
/** How long a large one is remembered. */
const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 200;

/**
 * Counting a million rows takes as long as everything else of a page a hundred times over, and turning pages asks for
 * the same number again and again. Large totals are therefore remembered for a few seconds.
 */
@Injectable()
export class Totals {
  private readonly remembered = new Map<string, { total: number; until: number }>();

  /** `key` says what is counted. */
  async total(key: string, count: () => Promise<number>): Promise<number> {
    const known = this.remembered.get(key);
    if (known && known.until > Date.now()) return known.total;
    this.remembered.delete(key);
    const total = await count();
    if (total > SMALL) {
      const [oldest] = this.remembered.keys();
      if (oldest !== undefined && this.remembered.size >= MOST_REMEMBERED) this.remembered.delete(oldest);
      this.remembered.set(key, { total, until: Date.now() + REMEMBERED_MS });
    }
    return total;
  }
}
