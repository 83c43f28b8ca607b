import type { DataType, Page } from '@rollcall/core';
import type { Random } from './random';
import type { RandomWorld } from './random-world';
import type { Script } from './scripted-source';
import { type History, recordsOf, type Sent, TellingSource, uidsOf } from './telling-source';

/** Has Rollcall read a script; returns the task, which has ended. */
export type Sync = (script: Script, mode: 'full' | 'incremental') => Promise<number>;

interface SentPage {
  dataType: DataType;
  sent: Sent[];
}

/** A source that Rollcall reads: in full, in full but cut, or only what changed. */
export class PulledSource extends TellingSource {
  constructor(
    name: string,
    world: RandomWorld,
    random: Random,
    history: History,
    private readonly sync: Sync,
  ) {
    super(name, world, random, history);
  }

  tell(): Promise<number[]> {
    const ways = [() => this.read(true), () => this.read(true), () => this.cutRead(), () => this.incrementalRead()];
    return this.random.pick(ways)();
  }

  tellEverything(): Promise<number[]> {
    return this.read(false);
  }

  private async read(disturbed: boolean): Promise<number[]> {
    const departments = this.everything('department', disturbed);
    const people = this.everything('user', disturbed);
    const sent = this.pages(departments, people);
    const pages = pagesOf(sent);
    // Somebody whose uid cannot be read may be anybody, so nobody is missing.
    const unreadable = disturbed && this.random.chance(0.1);
    if (unreadable) pages.push({ dataType: 'user', records: [{ nickname: 'nobody' } as never] });
    const onlyUsers = disturbed && this.random.chance(0.2);
    const complete: Script['complete'] = { user: true, ...(!onlyUsers && { department: true }) };
    const now = this.history.note(`${this.name} is read`, { pages, complete });
    const id = await this.sync({ pages, complete, nextCursor: `${now}` }, 'full');
    this.hearPages(sent, now);
    if (!unreadable) this.told.onlySaw('user', uidsOf(people));
    if (!onlyUsers) this.told.onlySaw('department', uidsOf(departments));
    return [id];
  }

  /** What came before the read was cut is applied; nobody is missing. */
  private async cutRead(): Promise<number[]> {
    const all = this.pages(this.everything('department', true), this.everything('user', true));
    const sent = all.slice(0, this.random.below(all.length + 1));
    const pages = pagesOf(sent);
    const error = { code: 'credentials', message: 'The credentials have expired.' };
    const script: Script = this.random.chance(0.5) ? { pages, error } : { pages, complete: {} };
    const now = this.history.note(`${this.name} is read in part`, script);
    const id = await this.sync(script, 'full');
    this.hearPages(sent, now);
    return [id];
  }

  private async incrementalRead(): Promise<number[]> {
    const sent = this.pages(this.some('department', 0.4), this.some('user', 0.4));
    const pages = pagesOf(sent);
    const now = this.history.note(`${this.name} tells what changed`, pages);
    const id = await this.sync({ pages, nextCursor: `${now}` }, 'incremental');
    this.hearPages(sent, now);
    return [id];
  }

  private pages(departments: Sent[], people: Sent[]): SentPage[] {
    const cut = (dataType: DataType, all: Sent[]): SentPage[] => {
      const size = 1 + this.random.below(6);
      return Array.from({ length: Math.ceil(all.length / size) }, (_, page) => ({
        dataType,
        sent: all.slice(page * size, (page + 1) * size),
      }));
    };
    return this.random.shuffled([...cut('department', departments), ...cut('user', people)]);
  }

  private hearPages(pages: readonly SentPage[], now: number): void {
    for (const { dataType, sent } of pages) this.hear(dataType, sent, now);
  }
}

const pagesOf = (pages: readonly SentPage[]): Page[] =>
  pages.map(({ dataType, sent }) => ({ dataType, records: recordsOf(sent) }));
