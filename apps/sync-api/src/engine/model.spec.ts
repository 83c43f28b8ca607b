import { DirectoryCheck, type Strictness } from '../testing/directory-check';
import { readTables } from '../testing/directory-tables';
import { PulledSource, type Sync } from '../testing/pulled-source';
import { PushedSource } from '../testing/pushed-source';
import { Random } from '../testing/random';
import { RandomWorld, SHARED_PEOPLE } from '../testing/random-world';
import { installScriptedSource } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import { THOROUGH } from '../testing/thorough';
import { History, type TellingSource } from '../testing/telling-source';
import type { TestClient } from '../testing/test-client';
import { untilEnded } from '../testing/until';

/**
 * Random histories of three sources, held against a model of a few lines. `ROLLCALL_MODEL_RUNS=100` runs as many,
 * `ROLLCALL_MODEL_SEED=7` begins with that seed. A seed always gives the same history.
 */
const SEED = Number(process.env['ROLLCALL_MODEL_SEED'] ?? 1);
const RUNS = Number(process.env['ROLLCALL_MODEL_RUNS'] ?? (THOROUGH ? 3 : 1));
const STEPS = 16;

const NEVER_HELD = { count: 1_000_000, percent: 1_000_000 };
const LIMITS = { deletes: NEVER_HELD, disables: NEVER_HELD, memberships: NEVER_HELD, cleared: NEVER_HELD };

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;
/** Name → id. */
const sourceIds = new Map<string, number>();

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
  for (const [name, more] of [
    ['read', { type: 'scripted', options: { file: scripted.file } }],
    ['push', { type: 'push' }],
    ['more', { type: 'push' }],
  ] as const) {
    const body = { name, matchKey: ['email'], ...more };
    const made = await app.admin.post('/api/sources', body);
    expect(made.status).toBe(201);
    sourceIds.set(name, made.body.id);
  }
  // No limit may be as high as that: what a source takes away within an hour may be more than all that it has.
  await app.pool.query(`update sources set policies = jsonb_set(policies, '{limits}', $1)`, [LIMITS]);
  await app.pool.query(REFUSALS);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

/** Targets that refuse what is in `refused`: people by the beginning of their name, departments by that of their title. */
const REFUSALS = `
  create table refused (target text, name text);
  create function refuse() returns trigger language plpgsql as $$ begin
    if exists (
      select from refused r
      where r.target = tg_table_name and r.name = case tg_table_name
        when 'users' then split_part(to_jsonb(new) ->> 'username', '-', 1)
        when 'departments' then split_part(to_jsonb(new) ->> 'title', ' ', 1)
        else (select split_part(u.username, '-', 1) from users u where u.id = (to_jsonb(new) ->> 'user_id')::bigint)
      end
    ) then raise exception 'refused by the test'; end if;
    return new;
  end $$;
  create trigger refuse before insert or update on users for each row execute function refuse();
  create trigger refuse before insert or update on departments for each row execute function refuse();
  create trigger refuse before insert or update on memberships for each row execute function refuse()`;

/** Has the one source read, and waits for the task to end. */
const sync: Sync = async (script, mode) => {
  scripted.play(script);
  const started = await app.admin.post(`/api/sources/${sourceIds.get('read')}/sync`, { mode });
  expect(started.status).toBe(202);
  await untilEnded(app.admin, started.body.id);
  return started.body.id;
};

/** One history: what happens in three sources, what Rollcall is told of it, and what gets in the way. */
class RandomHistory {
  private readonly random: Random;
  private readonly history = new History();
  private readonly read: TellingSource;
  private readonly pushing: PushedSource[];
  private readonly sources: TellingSource[];
  private readonly tables: DirectoryCheck;
  /** A task that did not apply everything, since the directory was last settled. */
  private failed: number | undefined;
  /** Something gets in the way, since then. */
  private disturbed = false;
  /** Names that two people had, or were given. */
  private readonly confused = new Set<string>();

  constructor(private readonly seed: number) {
    const random = (this.random = new Random(seed));
    const world = (name: string, newcomers: string[]): RandomWorld => new RandomWorld(name, random, newcomers);
    this.read = new PulledSource('read', world('read', ['a0', 'a1']), random, this.history, sync);
    this.pushing = [
      new PushedSource('push', world('push', ['b0', 'b1']), random, this.history, client, app.admin),
      new PushedSource('more', world('more', ['c0']), random, this.history, client, app.admin),
    ];
    this.sources = [this.read, ...this.pushing];
    this.tables = new DirectoryCheck(this.sources.map(({ told }) => told));
  }

  async run(): Promise<void> {
    try {
      await this.begin();
      for (let step = 0; step < STEPS; step++) await this.step();
      await this.settle();
    } catch (error) {
      const told = `ROLLCALL_MODEL_SEED=${this.seed}\n${this.history.lines.join('\n')}`;
      throw error instanceof Error ? Object.assign(error, { message: `${told}\n\n${error.message}` }) : error;
    }
  }

  /** All sources know everybody at first: who is stated by a second source only later may be another person by then. */
  private async begin(): Promise<void> {
    for (const source of this.sources) await this.prioritise(source);
    for (const source of this.sources) await this.applied(await source.tellEverything());
    await this.check({ settled: true, calm: true });
  }

  private async step(): Promise<void> {
    const pushing = this.random.pick(this.pushing);
    if (this.random.chance(0.15)) {
      pushing.world.change();
      await pushing.preview();
    }
    const source = this.random.chance(0.7) ? pushing : this.read;
    source.world.change();
    if (this.random.chance(0.08)) await this.refuse();
    if (this.random.chance(0.08)) {
      const names = source.world.confuseNames();
      for (const name of names) this.confused.add(name);
      this.disturbed = true;
      this.history.note('Names are confused:', names);
    }
    await this.tell(() => source.tell());
    if (this.random.chance(this.failed === undefined ? 0.06 : 0.3)) await this.settle();
  }

  /** Nothing is in the way any more, and everything is told. */
  private async settle(): Promise<void> {
    this.history.note('It settles');
    await app.pool.query('truncate refused');
    if (this.failed && this.random.chance(0.5)) await this.retry(this.failed);
    await this.approve();
    if (this.random.chance(0.3)) {
      // Which value wins by now is not settled before all have told everything.
      await this.prioritise(this.random.pick(this.sources));
      this.failed ??= 0;
    }
    for (const { world } of this.sources) world.renameAway(this.confused);
    // Somebody may still hold a name that this one has a right to.
    await this.tell(() => this.read.tellEverything());
    for (const source of this.pushing) await this.tell(() => source.tellEverything());
    const calm = this.failed === undefined;
    this.failed = undefined;
    // Once more, because what one source says may have to wait for the others.
    for (const source of this.sources) await this.applied(await source.tellEverything());
    expect(this.failed).toBeUndefined();
    this.disturbed = false;
    this.confused.clear();
    await this.check({ settled: true, calm });
  }

  /** While nothing fails, the tables are right after every step. */
  private async tell(how: () => Promise<number[]>): Promise<void> {
    await this.applied(await how());
    if (this.failed === undefined) await this.check({ settled: false, calm: true });
  }

  /** What moved on since it was shown is left out, and settled with everything else. */
  private async approve(): Promise<void> {
    for (const source of this.pushing) {
      for (const id of await source.approve()) {
        this.disturbed = true;
        this.failed = id;
        await this.applied([id]);
      }
    }
  }

  private async prioritise({ name, told }: TellingSource): Promise<void> {
    told.priority = this.random.pick([100, 200, 300]);
    this.history.note(`${name} has priority ${told.priority}`);
    const body = { priority: told.priority };
    expect((await app.admin.patch(`/api/sources/${sourceIds.get(name)}`, body)).status).toBe(200);
  }

  private async check(strictness: Strictness): Promise<void> {
    this.tables.check(await readTables(app.pool), strictness);
  }

  private async refuse(): Promise<void> {
    const { random } = this;
    const target = random.pick(['users', 'departments', 'memberships']);
    const names = target === 'departments' ? ['d0', 'd1', 'd2', 'd3'] : [...SHARED_PEOPLE, 'a0', 'b0'];
    const refused = random.some(names, 0.3);
    this.disturbed = true;
    this.history.note(`${target} refuses`, refused);
    await app.pool.query('insert into refused select $1, unnest($2::text[])', [target, refused]);
  }

  private async retry(id: number): Promise<void> {
    this.history.note(`Task ${id} is tried again`);
    expect((await app.admin.post(`/api/tasks/${id}/retry`)).status).toBe(202);
    await untilEnded(app.admin, id);
  }

  /** Notes a task of which something was not applied. What is invalid never is, and what it waited for comes with its next word. */
  private async applied(tasks: number[]): Promise<void> {
    const { rows } = await app.pool.query<{ task_id: number; code: string; uid: string }>(
      `select task_id, uid, code from changes
       where task_id = any ($1) and outcome in ('failed', 'stale') and (action is not null or code like 'match%')`,
      [tasks],
    );
    const { rowCount } = await app.pool.query(
      `select from changes c join links l on l.target_id = c.target_id and l.record_id = c.record_id and l.dirty
       where c.task_id = any ($1) and c.outcome = 'failed' and c.action is null`,
      [tasks],
    );
    if (rowCount) this.failed ??= tasks[0];
    if (rows.length === 0) return;
    expect({ disturbed: this.disturbed, rows }).toEqual({ disturbed: true, rows });
    this.failed = rows[0]?.task_id;
    this.history.note('Not applied:', rows);
  }
}

describe('the tables say what a simple model says', () => {
  beforeEach(async () => {
    await app.emptyDirectory();
    await app.pool.query('truncate refused');
  });

  test.each(Array.from({ length: RUNS }, (_, run) => SEED + run))(
    'after a random history from seed %i',
    (seed) => new RandomHistory(seed).run(),
    60_000,
  );
});
