import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type TFunction } from 'i18next';
import { ApiError } from '../api/api-error';
import type { Reason } from '../api/types';
import { problemText } from './problem-text';
import { refusalText } from './refusal-text';

/** The reasons of the service, as its document lists them. */
const document = JSON.parse(readFileSync(join(__dirname, '../../../../docs/public/openapi.json'), 'utf8')) as {
  components: { schemas: { ReasonCode: { enum: Reason['code'][] } } };
};
const CODES = document.components.schemas.ReasonCode.enum;

type Texts = Record<'refusal' | 'problem', Record<string, string>>;

const textsOf = (language: string): Texts =>
  Object.assign(
    {},
    ...['frame', 'inner'].map(
      (area) => JSON.parse(readFileSync(join(__dirname, 'locales', language, `${area}.json`), 'utf8')) as Texts,
    ),
  ) as Texts;

async function speak(language: string): Promise<TFunction> {
  return i18next.createInstance().init({
    lng: language,
    resources: { [language]: { translation: textsOf(language) } },
    interpolation: { escapeValue: false },
  });
}

const refused = (code: string, values: Reason['values']): ApiError =>
  new ApiError('conflict', 409, 'In English.', { reason: { code: code as Reason['code'], values } });

test.each(['en', 'fr', 'zh-CN'])('every reason of the service has its sentence in %s', async (language) => {
  const { refusal } = textsOf(language);
  const t = await speak(language);
  expect(CODES.length).toBeGreaterThan(20);
  expect(CODES.filter((code) => refusalText(t, { code, values: {} }) === undefined || !refusal[code])).toEqual([]);
});

test.each([
  ['en', 'Task 7 of “HR” is not over (Waiting). Wait for it or cancel it, then delete the source.'],
  [
    'fr',
    'La tâche 7 de « HR » n’est pas terminée (En attente). Attendez sa fin ou annulez-la, puis supprimez la source.',
  ],
  ['zh-CN', '“HR”的任务 7 尚未结束（等待中）。请等待其结束或取消它，然后再删除数据源。'],
])('in %s sources stand by their display names, and statuses by the words of the pages', async (language, sentence) => {
  const error = refused('source_at_work', { source: 'hr', displayName: 'HR', taskId: 7, status: 'queued' });
  expect(problemText(await speak(language), error, language)).toBe(sentence);
});

test.each([
  ['fr', 'Déjà utilisé : E-mail (utilisateur 3), Téléphone (utilisateur 4). '],
  ['zh-CN', '已被占用：邮箱（用户 3）、手机（用户 4）。'],
])('in %s fields stand by the names of the pages', async (language, beginning) => {
  const taken = [
    { field: 'email', userId: 3 },
    { field: 'phone', userId: 4 },
  ];
  const told = problemText(await speak(language), refused('values_taken', { taken }), language);
  expect(told.startsWith(beginning)).toBe(true);
});

test('a reason that these pages do not know leaves it to the English detail', async () => {
  const told = problemText(await speak('fr'), refused('reason_of_tomorrow', {}), 'fr');
  expect(told).toContain('(En anglais : In English.)');
});
