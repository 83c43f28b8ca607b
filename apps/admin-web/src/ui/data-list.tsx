import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_PAGE_SIZE, type Page } from '../api/types';
import { announce } from './announcer';
import { Choice } from './choice';
import { ListPages } from './list-pages';
import { type ListSearch, PAGE_SIZES } from './list-search';
import { type Column, ListTable } from './list-table';
import { ProblemNotice } from './problem-notice';
import { useMedia } from './use-media';
import './data-list.css';

interface DataListProps<T> {
  /** Names the list for screen readers. */
  label: string;
  query: UseQueryResult<Page<T>>;
  /** Something else that the rows show is still to come: until then the list is loading. */
  waiting?: boolean;
  rowKey: (row: T) => string | number;
  columns: readonly Column<T>[];
  /** Where the table needs this many pixels, a narrower place scrolls; below 50rem there are cards. */
  tableWidth: number;
  /** A row where the table has no room. */
  card: (row: T) => ReactNode;
  /** The part of the address that the list knows: page and rows on it; beside them the filters stand. */
  search: ListSearch;
  onSearch: (change: ListSearch) => void;
  filters?: ReactNode;
  /** Some filter is set, so that an empty answer does not mean that there is nothing. */
  filtered?: boolean;
  onClearFilters?: () => void;
  /** What to look for otherwise when nothing matches. */
  noMatchHelp?: string | undefined;
  /** "12 tasks" */
  count: (total: number) => string;
  /** What shows instead when there is nothing at all: why, and what to do first. */
  empty: ReactNode;
}

/** A list as the API pages it, in each of its states: loading, failed, out of date, empty, no match, past the end. */
export function DataList<T extends object>(props: DataListProps<T>): ReactElement {
  const { t } = useTranslation();
  const { query, search, filtered = false, waiting = false, label } = props;
  // That there was nothing before is no answer yet.
  const outdatedEmpty = query.isPlaceholderData && query.data.total === 0 && !filtered;
  const data = waiting || outdatedEmpty ? undefined : query.data;
  useAnnounceFound(props);
  const page = search.page ?? 1;
  const place = useRef<HTMLDivElement>(null);
  /** Another page is read from its beginning, by eye and by ear. */
  const turnTo = (wanted: number): void => {
    props.onSearch({ page: wanted });
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'start' });
    announce(t('list.page', { page: wanted }));
  };
  const something = data && (data.total > 0 || filtered || page > 1);
  return (
    <>
      {query.isError && (
        <ProblemNotice
          error={query.error}
          title={t(data ? 'list.stale' : 'list.failed')}
          kind={data ? 'warning' : 'error'}
          onRetry={() => void query.refetch()}
        />
      )}
      {(query.isPending || outdatedEmpty || (waiting && !query.isError)) && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: label })}>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      )}
      {data && !something && props.empty}
      {something && (
        <div className="card list" ref={place} tabIndex={-1} role="group" aria-label={label}>
          <ListHead {...props} total={data.total} />
          {data.items.length === 0 ? (
            <NoMatch {...props} total={data.total} />
          ) : (
            <Rows {...props} data={data} onPage={turnTo} />
          )}
        </div>
      )}
    </>
  );
}

/** Says how many another search or filter found; not what was there at first, nor what changes by itself later. */
function useAnnounceFound<T>({ query, search, count }: DataListProps<T>): void {
  const { t } = useTranslation();
  const { page: _page, pageSize: _pageSize, ...filters } = search;
  const asked = JSON.stringify(filters);
  const told = useRef(asked);
  const total = query.isPlaceholderData ? undefined : query.data?.total;
  useEffect(() => {
    if (total === undefined || told.current === asked) return;
    told.current = asked;
    // That nothing matches is a status of its own; emptied, so that the same number is told again afterwards.
    announce(total === 0 ? '' : t('list.found', { what: count(total) }));
  });
}

function ListHead<T>({ filters, count, search, onSearch, total }: DataListProps<T> & { total: number }): ReactElement {
  const { t } = useTranslation();
  // Once there, it stays: a search that leaves one page must not move what it found.
  const [paged, setPaged] = useState(false);
  if (!paged && total > DEFAULT_PAGE_SIZE) setPaged(true);
  return (
    <div className="list-head" role="group" aria-label={t('list.filters')}>
      {filters}
      <div className="list-head-end">
        <span className="muted">{count(total)}</span>
        {paged && (
          <Choice
            label={t('list.rows')}
            value={search.pageSize ?? DEFAULT_PAGE_SIZE}
            options={PAGE_SIZES.map((value) => ({ value, label: t('list.perPage', { count: value }) }))}
            onChange={(pageSize) => onSearch({ page: undefined, pageSize })}
          />
        )}
      </div>
    </div>
  );
}

function NoMatch<T>({
  search,
  onSearch,
  onClearFilters,
  noMatchHelp,
  total,
}: DataListProps<T> & { total: number }): ReactElement {
  const { t } = useTranslation();
  const none = total === 0;
  return (
    <div className="no-match" role="status">
      <p>{none ? t('list.noMatch') : t('list.pastTheEnd', { page: search.page })}</p>
      {none && noMatchHelp !== undefined && <p className="muted">{noMatchHelp}</p>}
      <Button onClick={() => (none ? onClearFilters?.() : onSearch({ page: undefined }))}>
        {t(none ? 'list.clearFilters' : 'list.firstPage')}
      </Button>
    </div>
  );
}

function Rows<T extends object>(
  props: DataListProps<T> & { data: Page<T>; onPage: (page: number) => void },
): ReactElement {
  const { query, search, data, rowKey, label } = props;
  const narrow = useMedia('(max-width: 50rem)');
  // Another page or filter is on its way; what shows is the one before.
  const outdated = query.isPlaceholderData;
  const pages = (
    <ListPages
      current={search.page ?? 1}
      pageSize={search.pageSize ?? DEFAULT_PAGE_SIZE}
      total={data.total}
      onChange={props.onPage}
      small={narrow}
    />
  );
  if (narrow) {
    return (
      <>
        <ul className={outdated ? 'list-cards outdated' : 'list-cards'} aria-busy={outdated} aria-label={label}>
          {data.items.map((row) => (
            <li key={rowKey(row)}>{props.card(row)}</li>
          ))}
        </ul>
        {pages}
      </>
    );
  }
  return (
    <>
      <ListTable
        label={label}
        columns={props.columns}
        rows={data.items}
        rowKey={rowKey}
        width={props.tableWidth}
        outdated={outdated}
      />
      {pages}
    </>
  );
}
