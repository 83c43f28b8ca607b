import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { CallbackRequest } from '@rollcall/core';
import { sourceConformance, type Uids } from '@rollcall/core/testing';
import type { FakeWecom } from '../../../tools/fake-wecom/server.mjs';
import { createWecomSource } from './adapter';

const FAKE = join(__dirname, '../../../tools/fake-wecom/server.mjs');

let wecom: FakeWecom;
const holds: { user: string[]; department: string[] } = { user: [], department: [] };

beforeAll(async () => {
  const { startFakeWecom } = (await import(FAKE)) as typeof import('../../../tools/fake-wecom/server.mjs');
  wecom = await startFakeWecom({ people: 60, departments: 12 });
  const { members, departments } = wecom.truth();
  holds.user = members.map(({ userid }) => userid);
  holds.department = departments.map(({ id }) => String(id));
});
afterAll(() => wecom.close());

/** A callback of WeCom as it is sent, about somebody who got another name. */
async function event(): Promise<{ request: CallbackRequest; brings: Uids }> {
  let caught: CallbackRequest | undefined;
  const receiver = createServer((request, response) => void receive(request, response));
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams);
    const body = await buffer(request);
    if (request.method === 'POST') caught = { method: 'POST', query, headers: {}, body };
    // The verification of the address wants its text back, decrypted by the adapter itself.
    const verified = request.method === 'GET' ? await answered({ method: 'GET', query, headers: {}, body }) : '';
    response.end(verified);
  };
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = receiver.address() as AddressInfo;
    await wecom.setCallback('contacts', { url: `http://127.0.0.1:${port}/` });
    const { userid, department } = wecom.company.members()[3]!;
    const other = wecom.company.departments().find(({ id }) => !department.includes(id))!;
    wecom.administration.moveMember(userid, [other.id]);
    await wecom.callbacks.idle();
    wecom.callbacks.remove('contacts');
    return { request: caught!, brings: { user: [userid] } };
  } finally {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  }
}

const source = createWecomSource({ backoff: 5, block: 50 });

async function answered(request: CallbackRequest): Promise<string> {
  const context = {
    options: options(),
    logger: console,
    http: () => Promise.reject(new Error('unused')),
    signal: AbortSignal.timeout(1_000),
  };
  const { body = '' } = await source.events!.receive(request, context);
  return body;
}

const options = () => {
  const { corpId, agentId, agentSecret, contactsSecret, callbackToken, encodingAesKey } = wecom.corp;
  return {
    ...{ corpId, agentId, agentSecret, contactsSecret, callbackToken, encodingAesKey },
    ...{ apiBaseUrl: wecom.url, ratePerMinute: 10_000 },
  };
};

const kit = sourceConformance(source, {
  options,
  holds: () => holds,
  wrong: { callbackToken: null, encodingAesKey: null },
  customFields: { department: ['nameEn'], user: ['alias', 'position', 'telephone'] },
  event,
});

for (const rule of kit) it(rule.title, rule.run, rule.timeoutMs);

it('in all but what it has not', () => {
  expect(kit.leftOut.map(({ id }) => id)).toEqual([
    'cursor-replay',
    'cursor-unknown',
    'incremental',
    'incremental-unknown',
  ]);
});
