import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, ACTIONS, type Count, COUNTED_AS, COUNTS, type Task } from '../../api/types';
import type { TaskPageSearch } from './change-search';
import { type CountRow, countRows } from './count-rows';
import { countHeading, countText } from './count-text';
import { WORRYING } from './counts-to-show';
import { showParts } from './show-parts';
import { isPlanned } from './task-rules';
import { useTargetName } from './use-target-name';

/** Target by target how many records were made, changed and so on; each number leads to the changes that it counts. */
export function CountsTable({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const planned = isPlanned(task);
  const rows = countRows(task);
  const columns = COUNTS.filter((name) => rows.some(({ counts }) => (counts[name] ?? 0) > 0));
  if (columns.length === 0) return null;
  return (
    <div>
      <div
        className="table-scroll"
        tabIndex={0}
        role="region"
        aria-label={t(planned ? 'task.countsPlanned' : 'task.counts')}
      >
        <table className="counts">
          <thead>
            <tr>
              <th scope="col">{t('tasks.target')}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {countHeading(t, name, planned)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.target}/${row.dataType}`}>
                <th scope="row">{targetName(row.target, row.dataType)}</th>
                {columns.map((name) => (
                  <td key={name}>
                    <CountLink task={task} row={row} name={name} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {columns.includes('unchanged') && <p className="counts-note muted">{t('task.onlyCounted')}</p>}
    </div>
  );
}

interface CountLinkProps {
  task: Task;
  row: CountRow;
  name: Count;
}

function CountLink({ task, row, name }: CountLinkProps): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const count = row.counts[name] ?? 0;
  const text = t('task.n', { n: count });
  const search = searchFor(row, name);
  if (count === 0) return <span className="muted">–</span>;
  if (!search) return <>{text}</>;
  return (
    <Link
      to="/tasks/$taskId"
      params={{ taskId: String(task.id) }}
      search={search}
      resetScroll={false}
      onClick={(event) => {
        // With one of these keys it opens elsewhere.
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) showParts();
      }}
      data-worry={WORRYING.has(name) || undefined}
      aria-label={`${targetName(row.target, row.dataType)}${t('note.colon')}${countText(t, name, count, isPlanned(task))}`}
    >
      {text}
    </Link>
  );
}

/** What was left as it was has no change to show: it is only counted, which the table says. */
function searchFor({ target, dataType }: CountRow, name: Count): TaskPageSearch | undefined {
  if (name === 'failed' || name === 'stale') return { target, dataType, outcome: name };
  const action = ACTION_OF.get(name);
  return action && { target, dataType, action };
}

const ACTION_OF = new Map<Count, Action>(ACTIONS.map((action) => [COUNTED_AS[action], action]));
