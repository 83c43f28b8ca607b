import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sourceConformance, testHttpClient, untranslated } from '@rollcall/core/testing';
import { adapter } from '../adapter.js';
import { pull } from '../pull.js';
import { MESSAGES } from '../texts.js';
import { FakeApi, TOKEN } from './fake-api.js';

const api = new FakeApi();
before(() => api.start());
after(() => api.stop());

describe('the contract', () => {
  const kit = sourceConformance(adapter, {
    options: () => ({ url: api.url, token: TOKEN }),
    holds: () => ({ user: api.people.map(({ id }) => id), department: api.departments.map(({ id }) => id) }),
    change: () => {
      const person = api.people[4]!;
      person.changedAt = new Date().toISOString();
      return Promise.resolve({ user: [person.id] });
    },
  });
  for (const rule of kit) it(rule.title, { timeout: rule.timeoutMs }, rule.run);

  it('is tested whole, but for what the adapter has not', () => {
    const leftOut = kit.leftOut.map(({ id }) => id);
    assert.deepEqual(leftOut, ['cursor-replay', 'cursor-unknown', 'event-strangers', 'event-forged', 'event-read']);
  });
});

it('takes nobody for gone when the token does not see everybody', async () => {
  api.hidden = 3;
  try {
    const pages = pull({ ...context(), mode: 'full', known: () => Promise.resolve(new Map()) });
    let next = await pages.next();
    while (!next.done) next = await pages.next();
    const reason = 'The token does not see 3 people. Give it the right to read everybody.';
    assert.deepEqual(next.value.complete, { department: true, user: { complete: false, reason } });
    assert.deepEqual(untranslated(MESSAGES, reason), {});
  } finally {
    api.hidden = 0;
  }
});

/** What Rollcall hands to an adapter. */
function context() {
  const quiet = (): void => undefined;
  const { signal } = new AbortController();
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  return { options: { url: api.url, token: TOKEN }, http: testHttpClient(signal), logger, signal };
}
