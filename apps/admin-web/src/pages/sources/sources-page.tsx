import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import { BUILT_IN } from '../../api/built-in-source';
import { sourcesQuery } from '../../api/sources';
import type { Source } from '../../api/types';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { PageHead } from '../../ui/page-head';
import { SearchBox } from '../../ui/search-box';
import { useMay } from '../../ui/use-may';
import { FirstSource } from './first-source';
import { SourceActions } from './source-actions';
import { SourceLastTask, SourceName, SourceSchedule, SourceState, SourceSuccess } from './source-cells';
import './sources.css';

const route = getRouteApi('/inner/sources');

export default function SourcesPage(): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useMay('admin');
  const sources = useQuery(sourcesQuery(search));
  // Of a source its adapter has the icon, and whether it can be synced.
  const waiting = useQuery(adaptersQuery).isPending;
  const columns = useColumns();
  const filtered = search.q !== undefined;
  const first =
    !filtered && sources.data?.items.every(({ name, lastTask }) => name === BUILT_IN && lastTask === null) === true;
  return (
    <>
      <PageHead
        title={t('sources.title')}
        intro={t('sources.intro')}
        actions={
          isAdmin && (
            <Link to="/sources/new" className="button button-primary">
              {t('sources.add')}
            </Link>
          )
        }
      />
      <DataList
        label={t('sources.title')}
        query={sources}
        waiting={waiting}
        rowKey={({ id }) => id}
        columns={columns}
        tableWidth={1080}
        card={(source) => <SourceCard source={source} />}
        search={search}
        onSearch={(change) => void navigate({ search: { ...search, ...change } })}
        filters={
          !first && (
            <SearchBox
              label={t('sources.search')}
              value={search.q}
              onChange={(q) => void navigate({ search: { ...search, page: undefined, q }, replace: true })}
            />
          )
        }
        filtered={filtered}
        onClearFilters={() => void navigate({ search: {} })}
        count={(total) => t('sources.count', { count: total })}
        empty={<p>{t('sources.noneAtAll')}</p>}
      />
      {first && !waiting && <FirstSource />}
    </>
  );
}

function useColumns(): Column<Source>[] {
  const { t } = useTranslation();
  const cell = (Cell: (props: { source: Source }) => ReactElement | null) => (source: Source) => (
    <Cell source={source} />
  );
  return [
    { title: t('sources.name'), key: 'name', rowScope: 'row', render: cell(SourceName) },
    { title: t('sources.state'), key: 'state', width: 140, render: cell(SourceState) },
    { title: t('sources.schedule'), key: 'schedule', width: 210, render: cell(SourceSchedule) },
    { title: t('sources.lastTask'), key: 'lastTask', width: 190, render: cell(SourceLastTask) },
    { title: t('sources.lastSuccess'), key: 'success', width: 130, render: cell(SourceSuccess) },
    { title: t('sources.actions'), key: 'actions', width: 300, render: cell(SourceActions) },
  ];
}

/** A row where a table has no room. */
function SourceCard({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="source-card-head">
        <SourceName source={source} />
        <SourceState source={source} />
      </div>
      <dl className="source-card-facts">
        <div>
          <dt>{t('sources.schedule')}</dt>
          <dd>
            <SourceSchedule source={source} />
          </dd>
        </div>
        <div>
          <dt>{t('sources.lastTask')}</dt>
          <dd>
            <SourceLastTask source={source} />
          </dd>
        </div>
        <div>
          <dt>{t('sources.lastSuccess')}</dt>
          <dd>
            <SourceSuccess source={source} />
          </dd>
        </div>
      </dl>
      <SourceActions source={source} />
    </>
  );
}
