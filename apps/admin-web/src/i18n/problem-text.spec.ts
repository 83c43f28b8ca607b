import type { TFunction } from 'i18next';
import { ApiError } from '../api/api-error';
import { problemText } from './problem-text';
import { REMEDIES } from './reason-text';

const t = ((key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key)) as TFunction;
const DETAIL = 'In English.';
const text = (code: string, status = 409): string => problemText(t, new ApiError(code, status, DETAIL), 'en');

test('a code says what is wrong and what to do, and the English detail only where nothing else tells', () => {
  expect(text('task_not_held')).toContain('"reason":"reason.task_not_held');
  expect(text('task_not_held')).toContain('"remedy":"remedy.moved"');
  expect(text('conflict')).toMatch(/^problem\.reasonDetail .*In English\./);
  expect(text('invalid_request')).toBe('problem.other {"detail":"In English."}');
  expect(text('teapot', 418)).toBe('problem.other {"detail":"In English."}');
  expect(text('teapot', 500)).toBe('problem.internal');
});

test('who reads another language is told what to do in that, before the English detail', () => {
  const told = problemText(t, new ApiError('conflict', 409, DETAIL), 'fr');
  expect(told).toMatch(/^problem\.reasonForeign .*"remedy":"remedy\.moved".*In English\./);
});

test('few codes need the English detail', () => {
  const english = Object.keys(REMEDIES).filter((code) => text(code).startsWith('problem.reasonDetail'));
  expect(english).toEqual(['conflict', 'task_not_undoable', 'rejected_by_target', 'configuration', 'permission']);
});
