import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentsQuery } from '../../api/departments';
import { ListPages } from '../../ui/list-pages';
import { ProblemNotice } from '../../ui/problem-notice';
import { wayTo } from '../directory/lookups';
import { DepartmentLink } from './department-link';

const PAGE_SIZE = 50;

/** What was found stands flat, each with the way to it. */
export function FoundDepartments({ q, current }: { q: string; current: number | undefined }): ReactElement {
  const { t } = useTranslation();
  const [at, setAt] = useState({ q, page: 1 });
  const page = at.q === q ? at.page : 1;
  const found = useQuery(departmentsQuery({ q, page, pageSize: PAGE_SIZE }));
  if (found.isError) {
    return <ProblemNotice error={found.error} title={t('list.failed')} onRetry={() => void found.refetch()} />;
  }
  if (found.isPending) {
    return (
      <div className="tree-wait" role="status" aria-label={t('list.loading', { list: t('departments.title') })}>
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      </div>
    );
  }
  const { items, total } = found.data;
  return (
    <div className={found.isPlaceholderData ? 'tree outdated' : 'tree'} aria-busy={found.isPlaceholderData}>
      <p className="muted tree-found" role="status">
        {t('departments.found', { count: total })}
      </p>
      {total === 0 && <p className="muted">{t('departments.searchHelp')}</p>}
      <ul>
        {items.map((department) => (
          <li key={department.id}>
            <div className="tree-row" data-current={department.id === current || undefined}>
              <DepartmentLink department={department} current={department.id === current} hint={wayTo(department)} />
            </div>
          </li>
        ))}
      </ul>
      <ListPages
        small
        current={page}
        pageSize={PAGE_SIZE}
        total={total}
        onChange={(wanted) => setAt({ q, page: wanted })}
      />
    </div>
  );
}
