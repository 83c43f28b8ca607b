import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TFunction } from 'i18next';
import type { Note } from '../api/types';
import { noteText } from './note-text';
import type { TaskNames } from './task-names';

const t = ((key: string, values: unknown) => `${key} ${JSON.stringify(values)}`) as unknown as TFunction;
const names: TaskNames = {
  source: (name) => name,
  option: (name) => `title of ${name}`,
  targetOption: (target, name) => `title of ${name} on ${target}`,
  adapter: (id) => `title of ${id}`,
  time: (iso) => `time of ${iso}`,
};

const text = (code: Note['code'], values: Record<string, unknown>, said?: string): string =>
  noteText(t, 'en', { code, values, message: '', ...(said !== undefined && { said }) }, names);

test('a time stands as the reader writes it', () => {
  expect(text('worker_gone', { until: '2026-11-28T17:41:05.000Z' })).toBe(
    'note.worker_gone {"time":"time of 2026-11-28T17:41:05.000Z"}',
  );
});

test('options and adapters stand by their titles', () => {
  expect(text('target_stopped', { target: 'crm', field: 'token' }, 'Refused.')).toBe(
    'note.targetStoppedAt {"target":"crm","field":"title of token on crm"} Refused.',
  );
  expect(text('target_stopped', { target: 'crm', field: null }, 'Refused.')).toBe(
    'note.targetStopped {"target":"crm"} Refused.',
  );
  expect(text('look_at_option', { option: 'secret' })).toBe('note.look_at_option {"option":"title of secret"}');
  expect(text('workers_lost', { times: 5, adapter: 'wecom' })).toBe(
    'note.workers_lost {"times":5,"adapter":"title of wecom"}',
  );
});

/** All that a service of this version may say, by its description of the API. */
const { NoteView } = (
  JSON.parse(readFileSync(join(__dirname, '../../../../docs/public/openapi.json'), 'utf8')) as {
    components: { schemas: { NoteView: { properties: { code: { enum: Note['code'][] } } } } };
  }
).components.schemas;

test.each(NoteView.properties.code.enum.filter((code) => code !== 'said' && code !== 'doubt'))(
  'is in the words of the reader: %s',
  (code) => {
    const values = { codes: [], more: false };
    expect(noteText(t, 'fr', { code, values, message: 'English.' }, names)).not.toContain('English.');
  },
);
