import { join } from 'node:path';
import type { FakeOptions, FakeWecom } from '../../../../tools/fake-wecom/server.mjs';

const SERVER = join(__dirname, '../../../../tools/fake-wecom/server.mjs');

/** A company in a WeCom that is none, on loopback. */
export async function startFakeWecom(options: FakeOptions): Promise<FakeWecom> {
  const { startFakeWecom: start } = (await import(SERVER)) as typeof import('../../../../tools/fake-wecom/server.mjs');
  return start(options);
}
