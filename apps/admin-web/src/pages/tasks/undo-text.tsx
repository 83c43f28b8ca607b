import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import { targetNamesQuery } from '../../api/names';
import type { Task } from '../../api/types';
import { TaskResult } from './task-cells';

/** What an undo would take back, here and a little later elsewhere, and what it leaves: what the source goes on saying. */
export function UndoText({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const elsewhere = useElsewhere();
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

/** Names of targets that are somewhere else: they are told by tasks of their own. */
function useElsewhere(): ReadonlySet<string> {
  const { data: targets } = useQuery(targetNamesQuery);
  const { data: adapters } = useQuery(adaptersQuery);
  const remote = new Set(
    adapters?.filter(({ kind, capabilities }) => kind === 'target' && capabilities.remote).map(({ id }) => id),
  );
  return new Set(targets?.filter(({ type }) => remote.has(type)).map(({ name }) => name));
}
