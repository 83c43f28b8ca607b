import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentQuery } from '../../api/departments';
import { PageHead } from '../../ui/page-head';
import { SearchBox } from '../../ui/search-box';
import { useMay } from '../../ui/use-may';
import { hasDraft } from '../../ui/use-draft';
import { DRAFTS } from '../directory/draft-keys';
import { NewDepartmentDialog } from './department-dialogs';
import { DepartmentTree } from './department-tree';
import { FoundDepartments } from './found-departments';
import '../directory/directory.css';
import './departments.css';

const route = getRouteApi('/inner/departments');

export default function DepartmentsPage(): ReactElement {
  const { t } = useTranslation();
  const { q } = route.useSearch();
  // From wherever one is: the department that is open stays open.
  const navigate = useNavigate();
  const { departmentId } = useParams({ strict: false });
  const isAdmin = useMay('admin');
  const [adding, setAdding] = useState(() => hasDraft(DRAFTS.newDepartment));
  const open = useQuery({ ...departmentQuery(departmentId ?? 0), enabled: departmentId !== undefined });
  const onSearch = useCallback(
    (text: string | undefined) =>
      void navigate({ to: '.', search: (before) => ({ ...before, q: text }), replace: true }),
    [navigate],
  );
  // From the root down to the one that is open: the tree opens along it.
  const way = open.data ? [...open.data.path.map(({ id }) => id), open.data.id] : [];

  return (
    <>
      <PageHead
        title={t('departments.title')}
        intro={t('departments.intro')}
        actions={isAdmin && <Button onClick={() => setAdding(true)}>{t('departments.add')}</Button>}
      />
      <div className="departments" data-open={departmentId !== undefined || undefined}>
        <nav className="card departments-tree" aria-label={t('departments.tree')}>
          <div className="departments-search">
            <SearchBox label={t('departments.search')} value={q} onChange={onSearch} />
          </div>
          {q === undefined ? (
            <DepartmentTree way={way} current={departmentId} />
          ) : (
            <FoundDepartments q={q} current={departmentId} />
          )}
        </nav>
        <div className="departments-detail">
          <Outlet />
        </div>
      </div>
      {adding && (
        <NewDepartmentDialog
          parent={open.data ? { id: open.data.id, label: open.data.title } : null}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
