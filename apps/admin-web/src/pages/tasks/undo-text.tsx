import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { TaskResult } from './task-cells';
import { useElsewhere } from './use-elsewhere';

/** What an undo would take back, here and a little later elsewhere, and what it leaves: what the source goes on saying. */
export function UndoText({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const elsewhere = new Set(useElsewhere().map(({ name }) => name));
  const counts = Object.fromEntries(Object.entries(task.counts).filter(([target]) => !elsewhere.has(target)));
  return (
    <>
      <p>{t('taskAct.undoText')}</p>
      <TaskResult task={{ ...task, counts }} />
      {elsewhere.size > 0 && <p>{t('taskAct.undoElsewhere')}</p>}
      <p>{t('taskAct.undoSource')}</p>
    </>
  );
}
