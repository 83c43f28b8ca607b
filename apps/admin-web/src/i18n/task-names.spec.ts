import type { Named } from '../api/named';
import type { Adapter } from '../api/types';
import { speaksOfAdapter, taskNames } from './task-names';

const adapter = (kind: 'source' | 'target'): Adapter =>
  ({
    id: 'twin',
    kind,
    title: 'Twin',
    texts: { fr: { options: { key: { title: `Clé (${kind})` } } } },
    configSchema: { properties: { key: { title: `Key (${kind})` }, bare: {} } },
  }) as unknown as Adapter;
const named = (id: number, name: string, label: string): Named => ({ id, name, label, type: 'twin' });
const known = {
  sources: [named(1, 'wecom', '企业微信')],
  targets: [named(1, 'crm', 'crm')],
  adapters: [adapter('target'), adapter('source')],
};
const source = { id: 1, name: 'wecom' };
const target = { id: 1, name: 'crm' };

test.each([
  ['en', { source, target: undefined }, 'Key (source)'],
  ['fr-CA', { source, target: undefined }, 'Clé (source)'],
  // A task for one target tells of that one's options, though the records are a source's.
  ['en', { source, target }, 'Key (target)'],
])('in %s an option is called as in the form of what the task is for', (language, task, title) => {
  expect(taskNames(task as Parameters<typeof taskNames>[0], language, known).option('key')).toBe(title);
});

test('an option at which a target stopped is called as in the form of that target', () => {
  const task = { source, target: undefined } as Parameters<typeof taskNames>[0];
  const names = taskNames(task, 'fr', known);
  expect(names.targetOption('crm', 'key')).toBe('Clé (target)');
  expect(names.targetOption('gone', 'key')).toBe('key');
});

test('a nested option is called by all on the way to it', () => {
  const endpoint = { title: 'Users', properties: { url: { title: 'Address' } } };
  const headers = { title: 'Headers', items: { properties: { name: {} } } };
  const nested = { ...adapter('source'), texts: {}, configSchema: { properties: { users: endpoint, headers } } };
  const task = { source, target: undefined } as Parameters<typeof taskNames>[0];
  const { option } = taskNames(task, 'en', { ...known, adapters: [nested as unknown as Adapter] });
  expect(['users/url', 'headers.0.name', 'users/gone'].map(option)).toEqual([
    'Users → Address',
    'Headers → 1 → name',
    'users/gone',
  ]);
});

test('an adapter is called by its title', () => {
  const titled = { ...adapter('source'), texts: { fr: { title: 'Jumeau' } } } as unknown as Adapter;
  const task = { source, target: undefined } as Parameters<typeof taskNames>[0];
  const names = taskNames(task, 'fr', { ...known, adapters: [titled] });
  expect([names.adapter('twin'), names.adapter('gone')]).toEqual(['Jumeau', 'gone']);
});

test('what has no title, or is not known, is called by its name', () => {
  const task = { source, target: undefined } as Parameters<typeof taskNames>[0];
  expect(taskNames(task, 'fr', known).option('bare')).toBe('bare');
  const names = taskNames(task, 'fr', { sources: undefined, targets: undefined, adapters: undefined });
  expect([names.option('key'), names.source('wecom')]).toEqual(['key', 'wecom']);
  expect(taskNames(task, 'fr', known).source('wecom')).toBe('企业微信');
});

test('adapters are asked for only where one of them or an option is spoken of', () => {
  expect(speaksOfAdapter({ notes: [{ code: 'look_at_option', values: { option: 'key' }, message: '' }] })).toBe(true);
  expect(speaksOfAdapter({ notes: [{ code: 'preview', values: {}, message: '' }] })).toBe(false);
});
