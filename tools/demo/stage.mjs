// Rollcall and a WeCom that is not one: both in this machine, with a source between them.
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeWecom } from '../fake-wecom/server.mjs';
import { signIn, startServers } from '../service-process.mjs';

export { PASSWORD } from '../service-process.mjs';

const OVER = new Set(['succeeded', 'partially_succeeded', 'failed', 'cancelled', 'held']);

/**
 * Starts everything. `fake`: options of `startFakeWecom`; `env`: of the service. Returns the fake, the API as the admin
 * calls it, and what is done to both. `stop` ends all of it.
 */
export async function openStage({ fake: fakeOptions = {}, env = {} } = {}) {
  const servers = await startServers();
  const stops = [() => servers.stop()];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const fake = await startFakeWecom(fakeOptions);
    stops.push(() => fake.close());
    const service = await servers.start({ ROLLCALL_ALLOW_ADDRESSES: '127.0.0.1', LOG_LEVEL: 'warn', ...env });
    const api = checked(await signIn(service.url));
    return {
      fake,
      servers,
      service,
      api,
      stop,
      /** Adds WeCom as a source; `options` and `settings` replace what is usual. */
      addSource: (name, options = {}, settings = {}) =>
        api('POST', '/api/sources', {
          name,
          type: 'wecom',
          options: { ...optionsFor(fake), ...options },
          ...settings,
        }),
      /** Tells the vendor where the events of a source go. */
      announce: (source) => fake.setCallback('contacts', { url: `${service.url}/api/callbacks/${source.name}` }),
      /** Starts a sync and waits for its end. */
      sync: async (source, body = {}) => {
        const { id } = await api('POST', `/api/sources/${source.id}/sync`, body);
        return untilOver(api, id);
      },
      untilOver: (id) => untilOver(api, id),
      /** Waits until no task of a source is under way and no event waits to be made into one. Returns the newest task. */
      untilQuiet: (source) => untilQuiet(fake, api, source),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What an admin would type. */
export function optionsFor({ url, corp }) {
  const { corpId, agentId, agentSecret, contactsSecret, callbackToken, encodingAesKey } = corp;
  return { corpId, agentId, agentSecret, contactsSecret, callbackToken, encodingAesKey, apiBaseUrl: url };
}

async function untilOver(api, id) {
  for (;;) {
    const task = await api('GET', `/api/tasks/${id}`);
    if (OVER.has(task.status)) return task;
    await sleep(50);
  }
}

async function untilQuiet(fake, api, { id }) {
  await fake.callbacks.idle();
  for (;;) {
    const { items } = await api('GET', `/api/tasks?sourceId=${id}&pageSize=200`);
    if (items.every(({ status }) => OVER.has(status))) return items[0];
    await sleep(100);
  }
}

/** Throws for an answer that is none. */
function checked(call) {
  return async (method, path, body) => {
    const { status, body: answer } = await call(method, path, body);
    if (status < 400) return answer;
    throw new Error(`${method} ${path} answered ${status}: ${answer?.detail ?? JSON.stringify(answer)}`);
  };
}
