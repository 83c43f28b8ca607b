import type { TFunction } from 'i18next';
import { ApiError } from '../api/api-error';
import { fieldText, untold } from './field-text';

/** Says which text was asked for, and with what. */
const t = ((key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key)) as TFunction;

const refusal = (...errors: [pointer: string, code: string][]): ApiError =>
  new ApiError('invalid_request', 400, '/email: is not an e-mail address.', {
    errors: errors.map(([pointer, code]) => ({ pointer, code, message: 'In English.' })),
  });

test.each([
  ['invalid_email', 'form.errorEmail'],
  ['required', 'form.errorRequired'],
  ['is_int', 'form.errorInteger'],
  ['email_taken', 'form.errorReason {"reason":"reason.email_taken {\\"target\\":\\"email_taken\\"}"}'],
  ['a_rule_of_tomorrow', 'In English.'],
])('what the service has against a field by the code %s', (code, text) => {
  expect(fieldText(t, refusal(['/email', code]), '/email')).toBe(text);
});

test('who has a value that is taken is named', () => {
  const taken = { pointer: '/email', code: 'email_taken', message: 'In English.', holder: 12 };
  const error = new ApiError('conflict', 409, 'In English.', { errors: [taken] });
  expect(fieldText(t, error, '/email')).toMatch(/^form\.errorHolder .*"id":12/);
});

test('a field that nothing is wrong with says nothing', () => {
  expect(fieldText(t, refusal(['/email', 'invalid_email']), '/phone')).toBeUndefined();
  expect(fieldText(t, new Error('out of order'), '/phone')).toBeUndefined();
});

test('what all stands at fields is not told again, and what has no field is', () => {
  const places = ['/email', '/custom/'];
  expect(untold(refusal(['/email', 'invalid_email'], ['/custom/desk', 'invalid_text']), places)).toBeUndefined();
  const elsewhere = refusal(['/email', 'invalid_email'], ['/status', 'is_in']);
  expect(untold(elsewhere, places)).toBe(elsewhere);
  const whole = refusal();
  expect(untold(whole, places)).toBe(whole);
});
