import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { TASK_TABS, type TaskTab } from './change-search';
import { ChangeList } from './change-list';
import { FailureGroups } from './failure-groups';
import { LogLines } from './log-lines';
import { PARTS_ID } from './show-parts';
import { failuresIn, rowsIn } from './task-rules';

const route = getRouteApi('/inner/tasks/$taskId');

/** The long parts of a task's page, one at a time, each at an address of its own. */
export function TaskTabs({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const { tab: open = 'changes' } = route.useSearch();
  const counts: Record<TaskTab, number | undefined> = {
    changes: rowsIn(task.counts),
    failures: failuresIn(task.counts),
    log: undefined,
  };
  return (
    <section id={PARTS_ID} className="task-long-parts" tabIndex={-1} aria-label={t(`taskTab.${open}`)}>
      <nav className="tabs" aria-label={t('taskTab.label')}>
        {TASK_TABS.map((tab) => (
          <Link
            key={tab}
            to="/tasks/$taskId"
            params={{ taskId: String(task.id) }}
            search={tab === 'changes' ? {} : { tab }}
            resetScroll={false}
            className="tab"
            activeOptions={{ exact: true }}
            aria-current={tab === open ? 'true' : undefined}
            data-open={tab === open || undefined}
          >
            {t(`taskTab.${tab}`)}
            {counts[tab] !== undefined && (
              <span className="tab-count" data-none={counts[tab] === 0 || undefined}>
                {t('task.n', { n: counts[tab] })}
              </span>
            )}
          </Link>
        ))}
      </nav>
      {open === 'changes' && <ChangeList task={task} />}
      {open === 'failures' && <FailureGroups task={task} />}
      {open === 'log' && <LogLines task={task} />}
    </section>
  );
}
