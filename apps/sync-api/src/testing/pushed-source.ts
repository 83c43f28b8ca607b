import type { DataType } from '@rollcall/core';
import type { Random } from './random';
import type { RandomWorld } from './random-world';
import { SnapshotClient } from './snapshot-client';
import { type History, recordsOf, type Sent, TellingSource, uidsOf } from './telling-source';
import type { TestClient } from './test-client';
import { untilEnded } from './until';

const DATA_TYPES = ['department', 'user'] as const;

/** A push that waits for a decision. */
interface Preview {
  id: number;
  dataType: DataType;
  sent: Sent[];
  /** Uids of which the source has said more since. */
  outdated: Set<string>;
}

/** A source that sends: pushes, previews that are approved later, and snapshots into which more is pushed. */
export class PushedSource extends TellingSource {
  private readonly snapshots: SnapshotClient;
  private previews: Preview[] = [];

  constructor(
    name: string,
    world: RandomWorld,
    random: Random,
    history: History,
    private readonly client: TestClient,
    private readonly admin: TestClient,
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

  /** Shows what a push would do; nothing of it is told before it is approved. */
  async preview(): Promise<void> {
    const dataType = this.random.pick(['user', 'user', 'department'] as const);
    const sent = this.some(dataType, 0.5);
    if (sent.length === 0) return;
    const { status, body } = await this.client.post('/api/userData:push', {
      ...this.requestOf(dataType, sent),
      dryRun: true,
    });
    expect([status, body.status]).toEqual([202, expect.any(String)]);
    await untilEnded(this.client, body.id);
    this.history.note(`${this.name} previews as task ${body.id}`, { dataType, records: recordsOf(sent) });
    this.previews.push({ id: body.id, dataType, sent, outdated: new Set() });
  }

  /** Approves what waits and has not been replaced by a read. Of what was said again since, the later word counts. */
  async approve(): Promise<number[]> {
    const approved: number[] = [];
    for (const { id, dataType, sent, outdated } of this.previews) {
      const { status } = await this.admin.post(`/api/tasks/${id}/approve`);
      const now = this.history.note(`Task ${id} is approved: ${status}`);
      if (status !== 202) continue;
      await untilEnded(this.client, id);
      this.hear(
        dataType,
        sent.filter(({ uid }) => !outdated.has(uid)),
        now,
      );
      approved.push(id);
    }
    this.previews = [];
    return approved;
  }

  protected override hear(dataType: DataType, sent: readonly Sent[], now: number): void {
    super.hear(dataType, sent, now);
    for (const preview of this.previews) {
      if (preview.dataType === dataType) for (const { uid } of sent) preview.outdated.add(uid);
    }
  }

  private requestOf(dataType: DataType, sent: readonly Sent[]): object {
    const matchKey = dataType === 'user' ? 'email' : undefined;
    return { dataType, sourceName: this.name, matchKey, records: recordsOf(sent) };
  }

  private async push(dataType: DataType, sent: Sent[]): Promise<number[]> {
    if (sent.length === 0) return [];
    const now = this.history.note(`${this.name} pushes`, { dataType, records: recordsOf(sent) });
    const answer = await this.client.post('/api/userData:push', this.requestOf(dataType, sent));
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
      // It says of everybody how things stand.
      for (const preview of this.previews) {
        if (preview.dataType === dataType) for (const { uid } of preview.sent) preview.outdated.add(uid);
      }
    }
    return [...tasks, body.id];
  }
}
