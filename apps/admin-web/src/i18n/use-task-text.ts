import { useTranslation } from 'react-i18next';
import type { Task } from '../api/types';
import { taskText } from './note-text';

/** What a task says, in the reader's language; empty when it says nothing. */
export function useTaskText(): (task: Pick<Task, 'notes' | 'message'>) => string {
  const { t, i18n } = useTranslation();
  return (task) => taskText(t, i18n.language, task);
}
