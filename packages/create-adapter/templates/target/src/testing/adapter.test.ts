import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { translateMessage } from '@rollcall/core';
import { targetConformance, testHttpClient } from '@rollcall/core/testing';
import { adapter } from '../adapter.js';
import { check } from '../check.js';
import { FakeApi, TOKEN } from './fake-api.js';

const api = new FakeApi();
before(() => api.start());
after(() => api.stop());

describe('the contract', () => {
  const kit = targetConformance(adapter, {
    options: () => ({ url: api.url, token: TOKEN }),
    held: () =>
      Promise.resolve(
        [...api.people.values()].map(({ name, email, active }) => ({
          dataType: 'user' as const,
          fields: { nickname: name, email },
          disabled: !active,
        })),
      ),
    empty: () => Promise.resolve(api.people.clear()),
    refused: { user: { email: 'no address' } },
  });
  for (const rule of kit) it(rule.title, { timeout: rule.timeoutMs }, rule.run);

  it('is tested whole', () => assert.deepEqual(kit.leftOut, []));
});

it('says the same in every language', async () => {
  const { message } = await check(context('wrong'));
  const [first = {}, ...others] = Object.values(adapter.texts ?? {}).map(({ messages }) => messages ?? {});
  for (const messages of [first, ...others]) {
    assert.deepEqual(Object.keys(messages), Object.keys(first));
    assert.notEqual(translateMessage(messages, message), undefined);
  }
});

/** What Rollcall hands to an adapter. */
function context(token: string) {
  const quiet = (): void => undefined;
  const { signal } = new AbortController();
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  return { options: { url: api.url, token }, http: testHttpClient(signal), logger, signal };
}
