import { optionPointer } from './option-pointer';

test.each([
  ['token', '/options/token'],
  ['proxy.port', '/options/proxy/port'],
  ['users/url', '/options/users/url'],
  ['/users/url', '/options/users/url'],
  ['attributes/0/field', '/options/attributes/0/field'],
  ['attributes.0.field', '/options/attributes/0/field'],
  ['attributes[0].field', '/options/attributes/0/field'],
  ['teams[2]', '/options/teams/2'],
  ['', '/options'],
])('an adapter that names "%s" means %s', (field, pointer) => {
  expect(optionPointer(field)).toBe(pointer);
});
