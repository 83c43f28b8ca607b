import { customChanges, customRows } from './custom-fields';

const before = customRows({ desk: '4.17', seats: 2, tags: ['a'] });
const edit = (changes: Record<string, string>) =>
  before.map((row) => ({ ...row, text: changes[row.name] ?? row.text }));
const added = (name: string, text: string) => ({ key: 99, name, text, json: false, stored: false });

test('nothing changed is nothing to send', () => {
  expect(customChanges(before, before)).toEqual({ custom: {}, problems: new Map() });
});

test('only what differs is sent, in the type that it had', () => {
  expect(customChanges(edit({ desk: '5', seats: '3' }), before).custom).toEqual({ desk: '5', seats: 3 });
  expect(customChanges([...before, added('floor', '7')], before).custom).toEqual({ floor: '7' });
});

test('a row that is gone, or emptied, removes its field', () => {
  expect(customChanges(edit({ desk: ' ' }).slice(0, 2), before).custom).toEqual({ desk: null, tags: null });
});

test('a new row without anything in it is no field', () => {
  expect(customChanges([...before, added('', '')], before)).toEqual({ custom: {}, problems: new Map() });
});

test('what cannot be sent is named by its row', () => {
  expect(customChanges(edit({ seats: 'two' }), before).problems).toEqual(new Map([[1, 'json']]));
  expect(customChanges([...before, added(' ', 'x')], before).problems).toEqual(new Map([[99, 'name']]));
  expect(customChanges([...before, added('desk', 'x')], before).problems).toEqual(new Map([[99, 'twice']]));
});
