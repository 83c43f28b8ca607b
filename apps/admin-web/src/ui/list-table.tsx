import type { ReactElement, ReactNode } from 'react';
import { useScrolls } from './use-scrolls';

/** A column of a list's table. */
export interface Column<T> {
  key: string;
  title: ReactNode;
  /** In pixels. What columns without one share is the rest. */
  width?: number;
  align?: 'end';
  /** Its cells name their rows. */
  rowScope?: 'row';
  render: (row: T) => ReactNode;
}

interface ListTableProps<T> {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  /** Where there are fewer pixels, it scrolls. */
  width: number;
  /** Other rows are on their way. */
  outdated: boolean;
}

/** Rows as the service sorted, filtered and paged them: a plain table is all that needs, and it is drawn at once. */
export function ListTable<T>({ label, columns, rows, rowKey, width, outdated }: ListTableProps<T>): ReactElement {
  const [place, scrolls] = useScrolls();
  return (
    <div ref={place} className="table-scroll" {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}>
      <table
        className={outdated ? 'list-table outdated' : 'list-table'}
        style={{ minWidth: width }}
        aria-label={label}
        aria-busy={outdated}
      >
        <thead>
          <tr>
            {columns.map(({ key, title, width: columnWidth, align }) => (
              <th key={key} scope="col" style={{ width: columnWidth }} data-align={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, align, rowScope, render }) => {
                const Cell = rowScope ? 'th' : 'td';
                return (
                  <Cell key={key} scope={rowScope} data-align={align}>
                    {render(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
