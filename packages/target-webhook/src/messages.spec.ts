import { translateMessage } from '@rollcall/core';
import { untranslated } from '@rollcall/core/testing';
import { MESSAGES } from './messages';
import { statusError } from './status-error';

const answer = (status: number, headers = {}) =>
  statusError({ status, url: 'https://hooks.example/in', headers } as Parameters<typeof statusError>[0]);

test.each([301, 400, 401, 404, 408, 410, 429, 500, 503])(
  'an answer of %i is explained in other languages',
  (status) => {
    for (const headers of [{}, { 'retry-after': '7' }]) {
      const message = answer(status, headers)?.message ?? '';
      expect(untranslated(MESSAGES, message)).toEqual({});
      expect(translateMessage(MESSAGES.fr, message)).toContain(`hooks.example a répondu ${status}`);
    }
  },
);
