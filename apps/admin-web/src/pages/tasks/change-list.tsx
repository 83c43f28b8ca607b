import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { changesPath, changesQuery } from '../../api/task-details';
import { isSettled } from '../../api/tasks';
import { ACTIONS, type Change, type ChangeListQuery, COUNTED_AS, OUTCOMES, type Task } from '../../api/types';
import { usePolling } from '../../app/live-tasks';
import { Choice } from '../../ui/choice';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { SearchBox } from '../../ui/search-box';
import { useMay } from '../../ui/use-may';
import { ChangeCard, ChangeKind, ChangeRecord, outcomeName } from './change-cells';
import { countRows } from './count-rows';
import { Differences } from './differences';
import { DownloadButton } from './download-button';
import { changesIn, isPlanMade, sawAll } from './task-rules';
import { useTargetName } from './use-target-name';

const route = getRouteApi('/inner/tasks/$taskId');

/** What the task changed, or would change: filtered and paged by the server. */
export function ChangeList({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const mayOperate = useMay('operator');
  const { tab: _tab, level: _level, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const polling = usePolling();
  const changes = useQuery({
    ...changesQuery(task, search),
    refetchInterval: (query) => (isSettled(task) ? false : polling(query)),
  });
  const { page: _page, pageSize: _pageSize, ...filters } = search;
  const go = useCallback(
    (change: ChangeListQuery) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false }),
    [navigate],
  );

  return (
    <DataList
      label={t('taskTab.changes')}
      query={changes}
      rowKey={keyOf}
      columns={useChangeColumns(task)}
      tableWidth={820}
      card={(change) => <ChangeCard change={change} task={task} />}
      search={search}
      onSearch={go}
      filters={
        <>
          <ChangeFilters task={task} search={search} onChange={go} />
          {!mayOperate && <small className="muted">{t('taskChange.withoutBefore')}</small>}
          {mayOperate && task.status !== 'held' && (
            <DownloadButton
              path={changesPath(task.id, filters)}
              accept="text/csv"
              fileName={`task-${task.id}-changes.csv`}
            >
              {t('taskChange.csv')}
            </DownloadButton>
          )}
        </>
      }
      filtered={Object.keys(filters).length > 0}
      onClearFilters={() => void navigate({ search: {}, resetScroll: false })}
      count={(total) => t('taskChange.count', { count: total })}
      empty={
        <div className="card card-padded no-match" role="status">
          {t(emptyText(task))}
        </div>
      }
    />
  );
}

/** Why there is nothing to show. */
function emptyText(task: Task) {
  if (!isSettled(task)) return 'taskChange.noneYet';
  if (task.status !== 'failed' && task.status !== 'cancelled') {
    if (task.notes?.some(({ code }) => code === 'taken_back' || code === 'back_by_undo'))
      return 'taskChange.noneUndone';
    return sawAll(task) ? 'taskChange.none' : 'taskChange.noneCut';
  }
  if (task.releasedAt !== undefined) return 'taskChange.noneCut';
  if (!isPlanMade(task)) return 'taskChange.noneMade';
  return changesIn(task.counts) > 0 ? 'taskChange.noneKept' : 'taskChange.nonePlanned';
}

/** A record without a uid has its place instead. */
export const keyOf = ({ target, dataType, uid, position }: Change): string =>
  `${target}/${dataType}/${uid === null ? `#${position}` : uid}`;

function useChangeColumns(task: Task): Column<Change>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('taskChange.record'),
      key: 'record',
      width: 210,
      rowScope: 'row',
      render: (change) => <ChangeRecord change={change} />,
    },
    {
      title: t('taskChange.change'),
      key: 'change',
      width: 150,
      render: (change) => <ChangeKind change={change} task={task} />,
    },
    { title: t('taskChange.differences'), key: 'diff', render: (change) => <Differences change={change} /> },
  ];
}

interface ChangeFiltersProps {
  task: Task;
  search: ChangeListQuery;
  onChange: (change: ChangeListQuery) => void;
}

const ALL = 'all';

const keyOfLine = ({ target, dataType }: Pick<ChangeListQuery, 'target' | 'dataType'>): string =>
  dataType === undefined ? `${target}` : `${target}/${dataType}`;

/** Only what this task has is there to choose, and what the address names. */
function ChangeFilters({ task, search, onChange }: ChangeFiltersProps): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const counts = Object.values(task.counts);
  const rows = countRows(task);
  const chosen = search.target === undefined ? undefined : { target: search.target, dataType: search.dataType };
  const isThere = rows.some(({ target, dataType }) => target === chosen?.target && dataType === chosen.dataType);
  const lines = chosen && !isThere ? [...rows, chosen] : rows;
  // What was not applied is counted by its outcome alone: then any kind may be there.
  const allApplied =
    counts.some((target) => ACTIONS.some((action) => target[COUNTED_AS[action]] > 0)) &&
    counts.every(({ failed, stale }) => failed + stale === 0);
  const actions = ACTIONS.filter(
    (action) => !allApplied || action === search.action || counts.some((target) => target[COUNTED_AS[action]] > 0),
  );
  const onQuery = useCallback((q: string | undefined) => onChange({ q, page: undefined }), [onChange]);
  return (
    <>
      <SearchBox label={t('taskChange.search')} value={search.q} onChange={onQuery} />
      <Choice
        label={t('tasks.target')}
        value={chosen ? keyOfLine(chosen) : ALL}
        options={[
          { value: ALL, label: t('tasks.allTargets') },
          ...lines.map((line) => ({ value: keyOfLine(line), label: targetName(line.target, line.dataType) })),
        ]}
        onChange={(key) => {
          const line = lines.find((one) => keyOfLine(one) === key);
          onChange({ target: line?.target, dataType: line?.dataType, page: undefined });
        }}
      />
      <Choice
        label={t('taskChange.action')}
        value={search.action ?? ALL}
        options={[
          { value: ALL, label: t('taskChange.allActions') },
          ...actions.map((value) => ({ value, label: t(`changeAction.${value}`) })),
        ]}
        onChange={(action) => onChange({ action: action === ALL ? undefined : action, page: undefined })}
      />
      <Choice
        label={t('taskChange.outcome')}
        value={search.outcome ?? ALL}
        options={[
          { value: ALL, label: t('taskChange.allOutcomes') },
          ...OUTCOMES.map((value) => ({ value, label: t(`changeOutcome.${outcomeName(value, task)}`) })),
        ]}
        onChange={(outcome) => onChange({ outcome: outcome === ALL ? undefined : outcome, page: undefined })}
      />
    </>
  );
}
