import type { DataType, Page, Rename } from '@rollcall/core';
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

interface SentRename extends Rename {
  dataType: DataType;
  /** The new uid belongs to another record. */
  taken: boolean;
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
    const renames = disturbed ? this.rename() : [];
    const departments = this.everything('department', disturbed);
    const people = this.everything('user', disturbed);
    const sent = this.pages(departments, people);
    const pages = this.random.shuffled([...pagesOf(sent), ...renames.map(pageOf)]);
    // Somebody whose uid cannot be read may be anybody, so nobody is missing.
    const unreadable = disturbed && this.random.chance(0.1);
    if (unreadable) pages.push({ dataType: 'user', records: [{ nickname: 'nobody' } as never] });
    const onlyUsers = disturbed && this.random.chance(0.2);
    const complete: Script['complete'] = { user: true, ...(!onlyUsers && { department: true }) };
    const now = this.history.note(`${this.name} is read`, { pages, complete });
    const id = await this.sync({ pages, complete, nextCursor: `${now}` }, 'full');
    this.hearPages(sent, now, renames);
    const seen = (dataType: DataType, those: readonly Sent[]): Set<string> =>
      new Set([
        ...uidsOf(those),
        ...renames.filter((one) => one.dataType === dataType).map(({ from, to, taken }) => (taken ? from : to)),
      ]);
    if (!unreadable) this.told.onlySaw('user', seen('user', people), now);
    if (!onlyUsers) this.told.onlySaw('department', seen('department', departments), now);
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
    const renames = this.rename();
    const sent = this.pages(this.some('department', 0.4), this.some('user', 0.4));
    const pages = this.random.shuffled([...pagesOf(sent), ...renames.map(pageOf)]);
    const now = this.history.note(`${this.name} tells what changed`, pages);
    const id = await this.sync({ pages, nextCursor: `${now}` }, 'incremental');
    this.hearPages(sent, now, renames);
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

  /** Now and then a record gets another uid; sometimes one that belongs to somebody else who is there, which is refused. */
  private rename(): SentRename[] {
    if (!this.random.chance(0.25)) return [];
    const dataType = this.random.pick(['user', 'department'] as const);
    const known = [...this.told[dataType].keys()];
    const from = this.random.pick(known);
    const others = known.filter((uid) => uid !== from && this.told.isThere(dataType, uid));
    const taken = others.length > 0 && this.random.chance(0.2);
    return [{ dataType, from, to: taken ? this.random.pick(others) : this.world.rename(dataType, from), taken }];
  }

  /** Of a record whose new uid was refused nothing else is heard, either. */
  private hearPages(pages: readonly SentPage[], now: number, renames: readonly SentRename[] = []): void {
    for (const { dataType, from, to } of renames) this.told.rename(dataType, from, to);
    for (const { dataType, sent } of pages) {
      const refused = renames.filter((one) => one.taken && one.dataType === dataType).map(({ from }) => from);
      this.hear(
        dataType,
        sent.filter(({ uid }) => !refused.includes(uid)),
        now,
      );
    }
  }
}

const pageOf = ({ dataType, from, to }: SentRename): Page => ({ dataType, renames: [{ from, to }] });

const pagesOf = (pages: readonly SentPage[]): Page[] =>
  pages.map(({ dataType, sent }) => ({ dataType, records: recordsOf(sent) }));
