import { freeName } from './free-name';

test.each([
  ['wecom', [], 'wecom'],
  ['wecom', ['api', 'wecom'], 'wecom-2'],
  ['wecom', ['wecom-2', 'wecom', 'wecom-4'], 'wecom-3'],
  ['push', ['api'], ''],
])('a source of the kind %s beside %j is called "%s"', (type, taken, name) => {
  expect(freeName(type, taken)).toBe(name);
});
