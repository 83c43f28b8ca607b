import type { UiSchema } from '@rjsf/utils';
import { uiSchemaOf } from './ui-schema';

const item = (properties: object = { a: { type: 'string' } }) => ({ type: 'object', properties });

/** What the entry at a place from 0 is called. */
function nameOf(list: object, index: number): unknown {
  const ui = uiSchemaOf({ type: 'object', properties: { list } }, (title, number) => `${title} (${number})`);
  const { items } = ui['list'] as { items: (entry: unknown, index: number) => UiSchema };
  return items({}, index)['ui:title'];
}

test.each([
  [{ type: 'array', title: 'Mappings', items: { ...item(), title: 'Mapping' } }, 'Mapping (2)'],
  [{ type: 'array', title: 'Renamed fields', items: item() }, 'Renamed fields (2)'],
  [{ type: 'array', items: item() }, 'list (2)'],
])('the second entry of %j is called %s', (list, name) => {
  expect(nameOf(list, 1)).toBe(name);
});

test('what stands in an entry is drawn as elsewhere', () => {
  const list = { type: 'array', items: item({ teams: { type: 'array', items: { type: 'string' } } }) };
  const { items } = uiSchemaOf(list, (title) => title) as { items: (entry: unknown, index: number) => UiSchema };
  expect(items({}, 0)['teams']).toEqual({ 'ui:widget': 'lines' });
});

test.each([{ enum: ['a', 'b'] }, { type: 'string', oneOf: [{ const: 'a', title: 'A' }, { const: 'b' }] }])(
  'a list of %j is ticked',
  (items) => {
    expect(uiSchemaOf({ type: 'array', items }, (title) => title)).toEqual({ 'ui:widget': 'ticks' });
  },
);
