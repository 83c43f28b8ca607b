import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { failuresQuery } from '../../api/task-details';
import { isSettled } from '../../api/tasks';
import type { FailureGroup, Task } from '../../api/types';
import { blockedBy } from '../../i18n/reason-text';
import { localText } from '../../i18n/note-text';
import { useTaskText } from '../../i18n/use-task-text';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';
import { FailureList } from './failure-list';
import { meaningOfRetry } from './task-rules';
import { useReason } from './use-reason';
import { useTargetName } from './use-target-name';

const route = getRouteApi('/inner/tasks/$taskId');

/** Why records failed, reason by reason with what to do; one reason opens to its records. */
export function FailureGroups({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const { code } = route.useSearch();
  const failures = useQuery(failuresQuery(task));
  const { data } = failures;
  // That nothing had failed before is no answer yet.
  const loading = failures.isPending || (failures.isPlaceholderData && data?.items.length === 0);
  return (
    <>
      {failures.isError && (
        <ProblemNotice
          error={failures.error}
          title={t(data ? 'list.stale' : 'list.failed')}
          kind={data ? 'warning' : 'error'}
          onRetry={() => void failures.refetch()}
        />
      )}
      {loading && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('taskTab.failures') })}>
          <Skeleton active title={false} paragraph={{ rows: 4 }} />
        </div>
      )}
      {!loading && data?.items.length === 0 && <NoFailures task={task} />}
      {data && data.items.length > 0 && (
        <>
          {task.status !== 'held' && <p className="failure-retry muted">{t(`retryMeans.${meaningOfRetry(task)}`)}</p>}
          <ul className="failure-groups">
            {data.items.map((group) => (
              <Group
                key={`${group.target}/${group.dataType}/${group.code}/${group.field}`}
                task={task}
                group={group}
                cause={causeOf(group, data.items)}
              />
            ))}
          </ul>
        </>
      )}
      {code !== undefined && <FailureList task={task} />}
    </>
  );
}

/** No record failed; the task itself may have: then why. */
function NoFailures({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const text = useTaskText(task);
  const failed = task.status === 'failed';
  // Only a read that broke off gives a code to a task that is not failed.
  const cut = task.status === 'partially_succeeded' && task.code !== undefined;
  if ((failed || cut) && text !== '') {
    return (
      <Notice kind={failed ? 'error' : 'warning'} title={t(failed ? 'failure.ofTask' : 'failure.ofRead')}>
        {text}
      </Notice>
    );
  }
  return (
    <div className="card card-padded no-match" role="status">
      {t(isSettled(task) ? 'failure.none' : 'failure.noneYet')}
    </div>
  );
}

/** The target on which the records of a group failed before, when this task tells how. */
function causeOf({ code, dataType }: FailureGroup, groups: readonly FailureGroup[]): string | undefined {
  const target = blockedBy(code);
  return groups.some((group) => group.target === target && group.dataType === dataType) ? target : undefined;
}

interface GroupProps {
  task: Task;
  group: FailureGroup;
  cause: string | undefined;
}

function Group({ task, group, cause }: GroupProps): ReactElement {
  const { t, i18n } = useTranslation();
  const targetName = useTargetName();
  const { title, remedy } = useReason()(group);
  const search = route.useSearch();
  const open =
    search.code === group.code &&
    search.target === group.target &&
    (search.dataType ?? group.dataType) === group.dataType &&
    search.field === (group.field ?? undefined);
  return (
    <li className="card failure-group" data-open={open || undefined}>
      <div className="failure-head">
        <h2>{title}</h2>
        <span className="failure-count">{t('failure.count', { count: group.n })}</span>
      </div>
      <p className="muted">
        {targetName(group.target, group.dataType)}
        {group.field !== null && ` · ${t('failure.field', { field: group.field })}`} · <code>{group.code}</code>
      </p>
      <p>
        {cause === undefined ? (
          remedy
        ) : (
          <Link
            to="/tasks/$taskId"
            params={{ taskId: String(task.id) }}
            search={{ target: cause, dataType: group.dataType, outcome: 'failed' }}
          >
            {remedy}
          </Link>
        )}
      </p>
      <p className="failure-example">
        <span className="muted">{t('failure.example')}</span>
        {localText(i18n.language, group.message, group.texts)}
      </p>
      <Link
        to="/tasks/$taskId"
        params={{ taskId: String(task.id) }}
        search={
          open
            ? { tab: 'failures' }
            : {
                tab: 'failures',
                code: group.code,
                target: group.target,
                dataType: group.dataType,
                field: group.field ?? undefined,
              }
        }
        resetScroll={false}
        className="button button-small"
        aria-expanded={open}
        aria-label={`${t(open ? 'failure.hide' : 'failure.show', { count: group.n })}${t('note.colon')}${title}`}
      >
        {t(open ? 'failure.hide' : 'failure.show', { count: group.n })}
      </Link>
    </li>
  );
}
