import type { FakeWecom } from '../../fake-wecom/server.mjs';
import { startTestApp, type TestApp } from '../../../apps/sync-api/src/testing/start-test-app.ts';
import type { TestAnswer } from '../../../apps/sync-api/src/testing/test-client.ts';
import { until, untilEnded } from '../../../apps/sync-api/src/testing/until.ts';

type Json = TestAnswer['body'];

/** Modules in plain JavaScript. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- they have no types
const load = (name: string): Promise<any> => import(`${__dirname}/../../${name}`);

const OVER = new Set(['succeeded', 'partially_succeeded', 'failed', 'cancelled', 'held']);

/** A company in a fake WeCom, and Rollcall that reads it, for specs. */
export class Company {
  source: { id: number; name: string } = { id: 0, name: '' };

  private constructor(
    readonly app: TestApp,
    public fake: FakeWecom,
    private readonly options: object,
  ) {}

  /** `options` of `startFakeWecom`. */
  static async start(options: object): Promise<Company> {
    const { startFakeWecom } = await load('fake-wecom/server.mjs');
    const fake = await startFakeWecom(options);
    return new Company(await startTestApp({ ROLLCALL_ALLOW_ADDRESSES: '127.0.0.1' }), fake, options);
  }

  async close(): Promise<void> {
    await this.fake.close();
    await this.app.close();
  }

  /** Nobody in Rollcall, a WeCom as it was set up, and a new source between them. */
  async begin(): Promise<void> {
    await this.app.emptyDirectory();
    this.fake.settings.reset();
    this.fake.faults.clear();
    this.fake.limits.clear();
    this.fake.tokens.revoke();
    await this.addSource();
  }

  async end(): Promise<void> {
    this.fake.callbacks.remove('contacts');
    await this.app.admin.patch(`/api/sources/${this.source.id}`, { enabled: false });
  }

  /** Adds WeCom as the source; `options` replace what an admin would usually type. */
  async addSource(options: object = {}): Promise<void> {
    const answer = await this.app.admin.post('/api/sources', {
      name: `w-${Date.now()}`,
      type: 'wecom',
      options: { ...(await this.usualOptions()), ratePerMinute: 10_000, ...options },
    });
    expect(answer.status).toBe(201);
    this.source = answer.body;
  }

  async usualOptions(): Promise<object> {
    return (await load('demo/stage.mjs')).optionsFor(this.fake);
  }

  /** Reads everything, and returns the task when it is over. */
  async sync(): Promise<Json> {
    const { body } = await this.app.admin.post(`/api/sources/${this.source.id}/sync`, {});
    return this.untilOver(body.id);
  }

  async untilOver(taskId: number): Promise<Json> {
    return (await untilEnded(this.app.admin, taskId, 60)).body;
  }

  /** WeCom tells the source from now on. */
  announce(): Promise<void> {
    return this.fake.setCallback('contacts', { url: `${this.app.url}/api/callbacks/${this.source.name}` });
  }

  async tasks(): Promise<Json[]> {
    return (await this.app.admin.get(`/api/tasks?sourceId=${this.source.id}&pageSize=200`)).body.items;
  }

  /** Waits until every callback was delivered and no task is under way. Returns all tasks. */
  async quiet(): Promise<Json[]> {
    await this.fake.callbacks.idle();
    return until(
      () => this.tasks(),
      (tasks) => tasks.every(({ status }) => OVER.has(status)),
      60,
    );
  }

  /** The WeCom dies in the middle of whatever it does. */
  kill(): Promise<void> {
    return this.fake.close();
  }

  /** The same one at the same address; it has forgotten its tokens and all changes. */
  async revive(): Promise<void> {
    const { startFakeWecom } = await load('fake-wecom/server.mjs');
    this.fake = await startFakeWecom({ ...this.options, port: Number(new URL(this.fake.url).port) });
  }

  /** What differs from the company; `names`: whether that counts which WeCom does not announce. */
  async differences({ names = true } = {}): Promise<string[]> {
    const compare = await load('demo/compare.mjs');
    const api = async (method: string, path: string): Promise<unknown> =>
      (await this.app.admin.request(method, path)).body;
    const actual = await compare.actualDirectory(api, this.source);
    const expected = compare.expectedDirectory(this.fake.truth());
    return names
      ? compare.differences(actual, expected)
      : compare.differences(compare.announced(actual), compare.announced(expected));
  }

  /** Userid in lower case → id of the user in Rollcall, of everybody who is there. */
  async userIds(): Promise<Map<string, number>> {
    const ids = new Map<string, number>();
    for (let page = 1; ; page++) {
      const { items } = (await this.app.admin.get(`/api/users?page=${page}&pageSize=200&sort=id`)).body;
      for (const { id, links } of items) {
        for (const { source, uid } of links) if (source === this.source.name) ids.set(uid, id);
      }
      if (items.length < 200) return ids;
    }
  }
}
