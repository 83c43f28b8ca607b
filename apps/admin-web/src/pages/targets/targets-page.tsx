import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { targetsQuery } from '../../api/targets';
import type { Target } from '../../api/types';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { PageHead } from '../../ui/page-head';
import { useMay } from '../../ui/use-may';
import { MoreTargets } from './more-targets';
import { TargetLastTask, TargetLimits, TargetLink, TargetSources, TargetState, TargetType } from './target-cells';
import './targets.css';

const route = getRouteApi('/inner/targets');

export default function TargetsPage(): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const isAdmin = useMay('admin');
  const targets = useQuery(targetsQuery(search));
  const onlyBuiltIn = targets.data?.items.every(({ builtIn }) => builtIn) === true && search.page === undefined;
  return (
    <>
      <PageHead
        title={t('targets.title')}
        intro={t('targets.intro')}
        actions={
          isAdmin && (
            <Link to="/targets/new" className="button button-primary">
              {t('targets.add')}
            </Link>
          )
        }
      />
      <DataList
        label={t('targets.title')}
        query={targets}
        rowKey={({ id }) => id}
        columns={columns}
        tableWidth={1040}
        card={(target) => <TargetCard target={target} />}
        search={search}
        onSearch={(change) => void navigate({ search: { ...search, ...change } })}
        count={(count) => t('targets.count', { count })}
        empty={null}
      />
      {onlyBuiltIn && <MoreTargets />}
    </>
  );
}

function useColumns(): Column<Target>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('targets.name'),
      key: 'name',
      width: 200,
      rowScope: 'row',
      render: (target) => (
        <>
          <TargetLink target={target} />
          <small className="muted">
            <TargetType target={target} />
          </small>
        </>
      ),
    },
    { title: t('targets.state'), key: 'state', width: 220, render: (target) => <TargetState target={target} /> },
    { title: t('targets.sources'), key: 'sources', render: ({ sources }) => <TargetSources sources={sources} /> },
    {
      title: t('targets.lastTask'),
      key: 'task',
      width: 270,
      render: (target) => <TargetLastTask target={target} />,
    },
    {
      title: t('targets.limits'),
      key: 'limits',
      width: 210,
      render: ({ limits }) => <TargetLimits limits={limits} />,
    },
  ];
}

function TargetCard({ target }: { target: Target }): ReactElement {
  return (
    <>
      <div className="target-card-head">
        <div>
          <TargetLink target={target} />
          <small className="muted">
            <TargetType target={target} />
          </small>
        </div>
        <TargetState target={target} />
      </div>
      <div>
        <TargetSources sources={target.sources} />
      </div>
      <TargetLastTask target={target} />
    </>
  );
}
