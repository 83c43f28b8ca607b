import type { TestAnswer, TestClient } from './test-client';

type Fields = Record<string, unknown>;

/** Sends snapshots as a script would. */
export class SnapshotClient {
  constructor(private readonly client: TestClient) {}

  async open(body: Fields): Promise<number> {
    const opened = await this.client.post('/api/snapshots', body);
    if (opened.status !== 201) throw new Error(`No snapshot was opened: ${JSON.stringify(opened.body)}`);
    return opened.body.id;
  }

  add(id: number, records: unknown[], dataType = 'user'): Promise<TestAnswer> {
    return this.client.post(`/api/snapshots/${id}/records`, { dataType, records });
  }

  commit(id: number, expected: Fields, more: Fields = {}): Promise<TestAnswer> {
    return this.client.post(`/api/snapshots/${id}/commit`, { expected, ...more });
  }
}
