import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../api/adapters';
import { sourceNamesQuery, targetNamesQuery } from '../api/names';
import type { Task } from '../api/types';
import { taskText } from './note-text';
import { speaksOfAdapter, taskNames } from './task-names';

/** What a task says, in the reader's language; empty when it says nothing. */
export function useTaskText(task: Pick<Task, 'notes' | 'message' | 'source' | 'target'>): string {
  const { t, i18n } = useTranslation();
  const ofAdapter = speaksOfAdapter(task);
  const sources = useQuery(sourceNamesQuery).data;
  const targets = useQuery({ ...targetNamesQuery, enabled: ofAdapter }).data;
  const adapters = useQuery({ ...adaptersQuery, enabled: ofAdapter }).data;
  return taskText(t, i18n.language, task, taskNames(task, i18n.language, { sources, targets, adapters }));
}
