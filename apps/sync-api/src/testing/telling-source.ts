import type { DataType } from '@rollcall/core';
import { type Fields, SourceModel } from './directory-model';
import type { Random } from './random';
import type { RandomWorld } from './random-world';

/** What happened, line by line: enough to see why a history went wrong. */
export class History {
  readonly lines: string[] = [];

  /** Returns how many lines there are: a clock for the model. */
  note(what: string, detail?: unknown): number {
    return this.lines.push(detail === undefined ? what : `${what} ${JSON.stringify(detail)}`);
  }
}

/** A record on its way, and what it means. */
export interface Sent {
  uid: string;
  record: Fields & { uid: string };
  means: 'there' | 'left' | 'invalid';
}

/** A source that tells Rollcall about its world, in one of the ways there are, and keeps the model informed. */
export abstract class TellingSource {
  readonly told: SourceModel;

  constructor(
    readonly name: string,
    readonly world: RandomWorld,
    protected readonly random: Random,
    protected readonly history: History,
  ) {
    this.told = new SourceModel(name);
  }

  /** In a random way, perhaps only a part. Returns the tasks, which have ended. */
  abstract tell(): Promise<number[]>;

  /** A read of everything that nothing disturbs. */
  abstract tellEverything(): Promise<number[]>;

  /** Some records, with all of their fields or a few; who is not there is deleted. */
  protected some(dataType: DataType, share: number): Sent[] {
    const uids = this.random.shuffled(this.random.some(this.world.uids(dataType), share));
    return uids.map((uid) => this.sent(dataType, uid, true));
  }

  /** Everybody who is there; `disturbed`: some of the others are named as deleted, and some records are invalid. */
  protected everything(dataType: DataType, disturbed: boolean): Sent[] {
    const uids = this.world
      .uids(dataType)
      .filter((uid) => this.world[dataType].has(uid) || (disturbed && this.random.chance(0.2)));
    return this.random.shuffled(uids).map((uid) => this.sent(dataType, uid, disturbed));
  }

  private sent(dataType: DataType, uid: string, disturbed: boolean): Sent {
    const fields = this.world[dataType].get(uid);
    if (!fields) return { uid, record: { uid, isDeleted: true }, means: 'left' };
    if (disturbed && dataType === 'user' && this.random.chance(0.04)) {
      return { uid, record: { uid, ...fields, email: 'nobody' }, means: 'invalid' };
    }
    const isPartial = disturbed && this.told.isThere(dataType, uid) && this.random.chance(0.4);
    const carried = isPartial ? Object.fromEntries(this.random.some(Object.entries(fields))) : fields;
    return { uid, record: { uid, ...carried }, means: 'there' };
  }

  protected hear(dataType: DataType, sent: readonly Sent[], now: number): void {
    for (const { uid, record, means } of sent) {
      const { uid: _, ...fields } = record;
      if (means === 'there') this.told.state(dataType, uid, fields, now);
      if (means === 'left') this.told.remove(dataType, uid, now);
    }
  }
}

export const uidsOf = (sent: readonly Sent[]): Set<string> => new Set(sent.map(({ uid }) => uid));
export const recordsOf = (sent: readonly Sent[]): Sent['record'][] => sent.map(({ record }) => record);
