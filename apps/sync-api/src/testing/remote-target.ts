import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, ErrorCode } from '@rollcall/core';

/** A target adapter, and the ids of those that it comes after. */
interface Kind {
  id: string;
  after: string[];
}

const CRM: Kind = { id: 'crm', after: ['users'] };

const packageOf = ({ id }: Kind): string => `rollcall-target-${id}`;

/** Adapters as a third party would publish them: plain JavaScript that imports nothing of ours. */
const codeOf = ({ id, after }: Kind): string => `
const error = ({ message, ...more }) => Object.assign(new Error(message), { name: 'RollcallError', ...more });
async function post(options, path, body, signal) {
  const answer = await fetch(options.url + path, {
    method: 'POST', body: JSON.stringify(body), signal,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + options.token },
  });
  return answer.json();
}
exports.adapters = [{
  kind: 'target', id: '${id}', title: '${id.toUpperCase()}', version: '1.0.0', after: ${JSON.stringify(after)},
  configSchema: {
    type: 'object', additionalProperties: false, required: ['url', 'token'],
    properties: {
      url: { type: 'string', format: 'uri' },
      token: { type: 'string', format: 'password', writeOnly: true },
      rowsAtOnce: { type: 'integer', default: 50 },
    },
  },
  dataTypes: {
    department: { fields: { only: ['title'] }, canDisable: false },
    user: { fields: { only: ['username', 'nickname', 'isDisabled', 'desk'] }, canDisable: true },
  },
  async check({ options, signal }) {
    return post(options, '/check', {}, signal);
  },
  async *applyRows(changes, { options, signal }) {
    for (let start = 0; start < changes.length; start += options.rowsAtOnce) {
      const rows = changes.slice(start, start + options.rowsAtOnce);
      const { outcomes, stop } = await post(options, '/rows', rows, signal);
      yield* outcomes;
      if (stop) throw error(stop);
    }
  },
}];`;

/** Why the remote refuses a change; `stop`: it refuses that one and everything after it. */
export interface Fault {
  code: ErrorCode;
  message: string;
  field?: string;
  retryAfter?: number;
  stop?: boolean;
  /** It has written the change all the same. */
  written?: boolean;
}

export interface RemoteTarget {
  env: NodeJS.ProcessEnv;
  /** Options of a target of its type. */
  options: { url: string; token: string };
  /** What it keeps: its own key → what it was told last, with `state` (active, disabled or deleted). */
  resources: Map<string, Record<string, unknown>>;
  /** Every change that it was handed, in order, refused ones included. */
  calls: Change[];
  /** Asked for each change; undefined: it is applied. */
  fault: (change: Change) => Fault | undefined;
  /** Names the resource of a new record. */
  keyOf: (change: Change) => string;
  /** Waits so long before each answer. */
  pauseMs: number;
  /** Writes what it is handed, and never answers. */
  silent: boolean;
  /** Forgets everything, faults included. */
  reset(): void;
  stop(): Promise<void>;
}

/** A remote system behind HTTP on loopback, and a home with an adapter for it; `beside` the home of other adapters. */
export async function startRemoteTarget(beside: NodeJS.ProcessEnv = {}, kind = CRM): Promise<RemoteTarget> {
  const home = beside['ROLLCALL_HOME'] ?? mkdtempSync(join(tmpdir(), 'rollcall-crm-'));
  install(home, kind);
  const server = createServer((request, response) => void answer(remote, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const remote: RemoteTarget = {
    env: {
      ROLLCALL_HOME: home,
      ROLLCALL_ADAPTERS: [beside['ROLLCALL_ADAPTERS'], packageOf(kind)].filter(Boolean).join(','),
    },
    options: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'let me in please' },
    resources: new Map(),
    calls: [],
    fault: () => undefined,
    keyOf,
    pauseMs: 0,
    silent: false,
    reset() {
      this.resources.clear();
      this.calls = [];
      this.fault = () => undefined;
      this.keyOf = keyOf;
      this.pauseMs = 0;
      this.silent = false;
    },
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      if (!beside['ROLLCALL_HOME']) rmSync(home, { recursive: true, force: true });
    },
  };
  return remote;
}

const keyOf = ({ recordId }: Change): string => `crm-${recordId}`;

function install(home: string, kind: Kind): void {
  const name = packageOf(kind);
  const folder = join(home, 'adapters', 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const manifest = { contract: 1, adapters: [{ kind: 'target', id: kind.id }] };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', main: 'index.js', rollcall: manifest }),
  );
  writeFileSync(join(folder, 'index.js'), codeOf(kind));
}

async function answer(remote: RemoteTarget, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await json(request);
  if (remote.pauseMs > 0) await sleep(remote.pauseMs);
  const known = request.headers.authorization === `Bearer ${remote.options.token}`;
  response.setHeader('Content-Type', 'application/json');
  if (request.url === '/check') {
    response.end(JSON.stringify(known ? { ok: true, message: 'Welcome.' } : { ok: false, message: 'Who are you?' }));
    return;
  }
  const refused = { code: 'credentials', message: 'The token is refused. Enter a new one.', field: 'token' };
  const said = known ? take(remote, body as Change[]) : { outcomes: [], stop: refused };
  if (!remote.silent) response.end(JSON.stringify(said));
}

function take(remote: RemoteTarget, changes: readonly Change[]): { outcomes: object[]; stop?: Fault } {
  const outcomes: object[] = [];
  for (const change of changes) {
    remote.calls.push(change);
    const fault = remote.fault(change);
    if (fault?.written) write(remote, change);
    if (fault?.stop) return { outcomes, stop: fault };
    if (fault) outcomes.push({ recordId: change.recordId, failure: fault });
    else outcomes.push({ recordId: change.recordId, resourceKey: write(remote, change) });
  }
  return { outcomes };
}

const STATES = { create: 'active', restore: 'active', disable: 'disabled', delete: 'deleted', update: undefined };

/** Writing the same again changes nothing. */
function write(remote: RemoteTarget, change: Change): string {
  const key = change.resourceKey ?? remote.keyOf(change);
  const before = remote.resources.get(key) ?? { state: 'active' };
  const { action, payload, changed } = change;
  const written = changed
    ? Object.fromEntries(changed.filter((field) => field !== 'uid').map((field) => [field, payload[field]]))
    : (payload as Record<string, unknown>);
  remote.resources.set(key, { ...before, ...written, uid: change.uid, state: STATES[action] ?? before['state'] });
  return key;
}
