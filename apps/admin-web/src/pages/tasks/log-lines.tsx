import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { logLinesQuery } from '../../api/task-details';
import { isSettled } from '../../api/tasks';
import { LOG_LEVELS, type LogLevel, type LogLine, type Task } from '../../api/types';
import { usePolling } from '../../app/live-tasks';
import { useFormats } from '../../i18n/format';
import { Choice } from '../../ui/choice';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';

const route = getRouteApi('/inner/tasks/$taskId');

/** What the task wrote into the system log, oldest first. */
export function LogLines({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const { level, page, pageSize } = route.useSearch();
  const navigate = route.useNavigate();
  const polling = usePolling();
  const search = { level, page, pageSize };
  const lines = useQuery({
    ...logLinesQuery(task, search),
    refetchInterval: (query) => (isSettled(task) ? false : polling(query)),
  });
  const columns: Column<LogLine>[] = [
    { title: t('taskLog.time'), key: 'time', width: 130, render: (line) => <LineTime line={line} /> },
    { title: t('taskLog.level'), key: 'level', width: 110, render: (line) => <LineLevel level={line.level} /> },
    { title: t('taskLog.message'), key: 'message', render: (line) => <LineText line={line} /> },
  ];
  return (
    <DataList
      label={t('taskTab.log')}
      query={lines}
      rowKey={(line) => `${line.time}/${line.context}/${line.message}/${JSON.stringify(line.details)}`}
      columns={columns}
      tableWidth={640}
      card={(line) => (
        <>
          <div className="task-card-head">
            <LineTime line={line} />
            <LineLevel level={line.level} />
          </div>
          <LineText line={line} />
        </>
      )}
      search={search}
      onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false })}
      filters={
        <Choice
          label={t('taskLog.level')}
          value={level ?? 'info'}
          options={LOG_LEVELS.map((value) => ({ value, label: t(`taskLog.from_${value}`) }))}
          onChange={(value) =>
            void navigate({
              search: { tab: 'log', level: value === 'info' ? undefined : value },
              resetScroll: false,
            })
          }
        />
      }
      filtered={level !== undefined}
      onClearFilters={() => void navigate({ search: { tab: 'log' }, resetScroll: false })}
      count={(total) => t('taskLog.count', { count: total })}
      empty={
        <div className="card card-padded no-match" role="status">
          {t('taskLog.none')}
        </div>
      }
    />
  );
}

function LineTime({ line }: { line: LogLine }): ReactElement {
  const formats = useFormats();
  return (
    <time className="task-number" dateTime={line.time} title={formats.exactMoment(line.time)}>
      {formats.second(line.time)}
    </time>
  );
}

function LineLevel({ level }: { level: LogLevel }): ReactElement {
  const { t } = useTranslation();
  return (
    <span className="log-level" data-level={level}>
      {t(`logLevel.${level}`)}
    </span>
  );
}

function LineText({ line }: { line: LogLine }): ReactElement {
  const { t } = useTranslation();
  const details = Object.keys(line.details).length > 0;
  return (
    <div className="log-text">
      {line.message}
      {line.context !== null && <small className="muted">{line.context}</small>}
      {details && (
        <details>
          <summary>{t('taskLog.details')}</summary>
          <pre>{JSON.stringify(line.details, null, 2)}</pre>
        </details>
      )}
    </div>
  );
}
