import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { targetConformance } from '@rollcall/core/testing';
import { adapter } from '../adapter.js';
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
    stranger: () => {
      api.people.set('theirs', { id: 'theirs', name: 'Somebody Else', email: null, active: true });
      return Promise.resolve({ dataType: 'user', fields: { nickname: 'Somebody Else', email: null } });
    },
    refused: { user: { email: 'no address' } },
  });
  for (const rule of kit) it(rule.title, { timeout: rule.timeoutMs }, rule.run);

  it('is tested whole', () => assert.deepEqual(kit.leftOut, []));
});
