import { translateMessage } from '@rollcall/core';
import { CHINESE, FRENCH } from './messages';
import { statusError } from './status-error';

const answer = (status: number, headers = {}) =>
  statusError({ status, url: 'https://hooks.example/in', headers } as Parameters<typeof statusError>[0]);

test.each([301, 400, 401, 404, 408, 410, 429, 500, 503])(
  'an answer of %i is explained in other languages',
  (status) => {
    for (const headers of [{}, { 'retry-after': '7' }]) {
      const message = answer(status, headers)?.message ?? '';
      expect(translateMessage(CHINESE, message)).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/i);
      expect(translateMessage(FRENCH, message)).toContain(`hooks.example a répondu ${status}`);
    }
  },
);

test('every placeholder of the English sentence stands in the others', () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const messages of [FRENCH, CHINESE]) {
    for (const [english, text] of Object.entries(messages))
      expect([english, places(text)]).toEqual([english, places(english)]);
  }
});
