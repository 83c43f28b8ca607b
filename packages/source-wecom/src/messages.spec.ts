import { translateMessage } from '@rollcall/core';
import { untranslated } from '@rollcall/core/testing';
import { UNSEEN, wecomError } from './errors';
import { MESSAGES } from './messages';

const CODES = [
  -1, 6000, 45009, 45033, 50100, 40014, 42001, 40001, 40091, 45031, 40013, 40056, 301002, 48001, 48002, 48006, 48008,
  48009, 50003, 60020, 45029, 40035,
];

test.each([...CODES, ...UNSEEN])('errcode %i is explained in other languages, for either secret', (errcode) => {
  for (const path of ['user/get', 'department/list', 'tag/get', 'agent/get']) {
    for (const secret of ['agentSecret', 'contactsSecret'] as const) {
      const { message } = wecomError({ errcode, path, hint: '1_a_b' }, secret);
      expect(untranslated(MESSAGES, message)).toEqual({});
    }
  }
});

test('the place of the secret and the address stand in the explanation', () => {
  const { message } = wecomError({ errcode: 60020, path: 'gettoken', ip: '203.0.113.7' }, 'agentSecret');
  expect(translateMessage(MESSAGES['zh-CN'], message)).toBe(
    '企业微信不接受来自此 IP 的调用：203.0.113.7。请在“应用管理 → 该应用”的“企业可信IP”中添加，约一分钟后生效（errcode 60020, gettoken）。',
  );
  expect(translateMessage(MESSAGES.fr, message)).toMatch(
    /IP de confiance \(企业可信IP\) sous Applications.*\(errcode 60020, gettoken\)\.$/,
  );
});
