import type { DataType } from '@rollcall/core';
import type { Random } from './random';
import type { RandomWorld } from './random-world';
import { SnapshotClient } from './snapshot-client';
import { type History, recordsOf, type Sent, TellingSource, uidsOf } from './telling-source';
import type { TestClient } from './test-client';
import { untilEnded } from './until';

const DATA_TYPES = ['department', 'user'] as const;

/** A source that sends: pushes, and snapshots into which more is pushed. */
export class PushedSource extends TellingSource {
  private readonly snapshots: SnapshotClient;

  constructor(
    name: string,
    world: RandomWorld,
    random: Random,
    history: History,
    private readonly client: TestClient,
  ) {
    super(name, world, random, history);
    this.snapshots = new SnapshotClient(client);
  }

  tell(): Promise<number[]> {
    const dataType = this.random.pick(['user', 'user', 'department'] as const);
    return this.random.chance(0.85) ? this.push(dataType, this.some(dataType, 0.5)) : this.snapshot(true);
  }

  tellEverything(): Promise<number[]> {
    return this.snapshot(false);
  }

  private async push(dataType: DataType, sent: Sent[]): Promise<number[]> {
    if (sent.length === 0) return [];
    const records = recordsOf(sent);
    const now = this.history.note(`${this.name} pushes`, { dataType, records });
    const matchKey = dataType === 'user' ? 'email' : undefined;
    const body = { dataType, sourceName: this.name, matchKey, records };
    const answer = await this.client.post('/api/userData:push', body);
    expect(answer.status).toBe(200);
    this.hear(dataType, sent, now);
    return [answer.body.data.taskId];
  }

  /** Everybody; `disturbed`: in requests that overlap, and the world goes on meanwhile, and is pushed. */
  private async snapshot(disturbed: boolean): Promise<number[]> {
    const sent = { department: this.everything('department', disturbed), user: this.everything('user', disturbed) };
    const id = await this.snapshots.open({ dataTypes: DATA_TYPES, sourceName: this.name, matchKey: 'email' });
    this.history.note(`${this.name} opens snapshot ${id}`);
    const again = disturbed ? this.random.some(sent.user, 0.2) : [];
    // Sent again, the later word counts.
    if (again.length > 0)
      await this.snapshots.add(
        id,
        again.map(({ uid }) => ({ uid, nickname: 'outdated' })),
      );
    for (const dataType of DATA_TYPES) await this.snapshots.add(id, recordsOf(sent[dataType]), dataType);

    const pushed = { department: [] as Sent[], user: [] as Sent[] };
    const tasks: number[] = [];
    if (disturbed && this.random.chance(0.5)) {
      this.world.change();
      for (const dataType of this.random.some(DATA_TYPES, 0.7)) {
        pushed[dataType] = this.some(dataType, 0.4);
        tasks.push(...(await this.push(dataType, pushed[dataType])));
      }
    }
    const now = this.history.note(`${this.name} commits snapshot ${id}`, {
      department: recordsOf(sent.department),
      user: recordsOf(sent.user),
    });
    const expected = { user: sent.user.length, department: sent.department.length };
    const { status, body } = await this.snapshots.commit(id, expected);
    expect(status).toBe(202);
    await untilEnded(this.client, body.id);
    for (const dataType of DATA_TYPES) {
      // What was pushed meanwhile is newer, and seen (rule 22).
      const newer = uidsOf(pushed[dataType].filter(({ means }) => means !== 'invalid'));
      const older = sent[dataType].filter(({ uid }) => !newer.has(uid));
      this.hear(dataType, older, now);
      this.told.onlySaw(dataType, new Set([...uidsOf(sent[dataType]), ...uidsOf(pushed[dataType])]), now);
    }
    return [...tasks, body.id];
  }
}
