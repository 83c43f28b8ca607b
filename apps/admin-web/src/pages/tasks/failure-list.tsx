import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changesPath, changesQuery } from '../../api/task-details';
import type { Change, ChangeListQuery, Task } from '../../api/types';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { useMay } from '../../ui/use-may';
import { keyOf } from './change-list';
import { useChangeMessage } from './change-message';
import { ChangeRecord } from './change-cells';
import { DownloadButton } from './download-button';
import { RawRecordDialog } from './raw-record-dialog';

const route = getRouteApi('/inner/tasks/$taskId');

/** The failures that have the reason which the address names. */
export function FailureList({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const mayOperate = useMay('operator');
  const { tab: _tab, level: _level, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const query: ChangeListQuery = { ...search, outcome: 'failed' };
  const { page: _page, pageSize: _pageSize, ...filters } = query;
  const failures = useQuery(changesQuery(task, query));
  const [shown, setShown] = useState<Change>();
  const messageOf = useChangeMessage();

  const rawButton = (change: Change): ReactElement => (
    <button
      type="button"
      className="button button-small"
      aria-label={`${t('rawRecord.show')}${t('note.colon')}${change.uid ?? t('taskChange.noUid')}`}
      onClick={() => setShown(change)}
    >
      {t('rawRecord.show')}
    </button>
  );
  const columns: Column<Change>[] = [
    {
      title: t('taskChange.record'),
      key: 'record',
      width: 230,
      rowScope: 'row',
      render: (change) => <ChangeRecord change={change} />,
    },
    { title: t('tasks.message'), key: 'message', render: (change) => messageOf(change) },
    ...(mayOperate
      ? [
          {
            title: t('rawRecord.title'),
            key: 'raw',
            width: 160,
            render: (change: Change) => rawButton(change),
          },
        ]
      : []),
  ];

  return (
    <div className="failure-list">
      <DataList
        label={t('taskTab.failures')}
        query={failures}
        rowKey={keyOf}
        columns={columns}
        tableWidth={720}
        card={(change) => (
          <>
            <div>
              <ChangeRecord change={change} />
            </div>
            <p>{messageOf(change)}</p>
            {mayOperate && <div>{rawButton(change)}</div>}
          </>
        )}
        search={search}
        onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false })}
        filters={
          mayOperate && (
            <DownloadButton
              path={changesPath(task.id, filters)}
              accept="text/csv"
              fileName={`task-${task.id}-failures.csv`}
            >
              {t('taskChange.csv')}
            </DownloadButton>
          )
        }
        filtered
        onClearFilters={() => void navigate({ search: { tab: 'failures' }, resetScroll: false })}
        count={(total) => t('failure.count', { count: total })}
        empty={null}
      />
      {shown && <RawRecordDialog task={task} change={shown} onClose={() => setShown(undefined)} />}
    </div>
  );
}
