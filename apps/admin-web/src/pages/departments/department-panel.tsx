import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { Fragment, type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentChanged, departmentQuery, patchDepartment } from '../../api/departments';
import type { Department, DepartmentPatch } from '../../api/types';
import { Back } from '../../ui/back';
import { announce, unsay } from '../../ui/announcer';
import { present, ProblemNotice } from '../../ui/problem-notice';
import { useMay } from '../../ui/use-may';
import { usePageTitle } from '../../ui/use-page-title';
import { hasDraft } from '../../ui/use-draft';
import { type FieldOfResource, FieldRows } from '../directory/field-rows';
import { PersonLinks } from '../directory/person-links';
import { RecordLinks } from '../directory/record-links';
import { Value } from '../directory/value';
import { DRAFTS } from '../directory/draft-keys';
import { DeleteDepartment } from './delete-department';
import { EditDepartmentDialog } from './department-dialogs';
import { DepartmentMembers } from './department-members';

const route = getRouteApi('/inner/departments/$departmentId');

export default function DepartmentPanel(): ReactElement {
  const { t } = useTranslation();
  const { departmentId } = route.useParams();
  const department = useQuery(departmentQuery(departmentId));
  const shown = present(department);
  return (
    <>
      <Back className="departments-back">
        <Link to="/departments" search={({ q }: { q?: string }) => (q === undefined ? {} : { q })}>
          {t('departments.all')}
        </Link>
      </Back>
      {department.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('departments.one') })}>
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      )}
      {department.isError && (
        <ProblemNotice
          error={department.error}
          kind={shown ? 'warning' : 'error'}
          title={t(department.data ? 'list.stale' : 'departments.notShown')}
          missing={t('departments.noSuch')}
          onRetry={() => void department.refetch()}
        />
      )}
      {shown && <WholeDepartment key={shown.id} department={shown} />}
    </>
  );
}

function WholeDepartment({ department }: { department: Department }): ReactElement {
  const { t } = useTranslation();
  const isAdmin = useMay('admin');
  const [editing, setEditing] = useState(() => hasDraft(DRAFTS.department(department.id)));
  const { id, title, path } = department;
  usePageTitle(title);
  useEffect(() => {
    const opened = t('departments.opened', { title });
    announce(opened);
    return () => unsay(opened);
  }, [t, title]);
  return (
    <div className="department">
      <section className="card" aria-labelledby="department-title">
        <div className="card-title">
          <div>
            {path.length > 0 && (
              <p className="muted department-path">
                {path.map((above) => (
                  <Fragment key={above.id}>
                    <Link to="/departments/$departmentId" params={{ departmentId: above.id }}>
                      {above.title}
                    </Link>{' '}
                    /{' '}
                  </Fragment>
                ))}
              </p>
            )}
            <h2 id="department-title">{title}</h2>
          </div>
          {isAdmin && (
            <div className="page-actions">
              {department.links.length === 0 && <DeleteDepartment department={department} />}
              <Button onClick={() => setEditing(true)}>{t('departments.edit')}</Button>
            </div>
          )}
        </div>
        <FieldRows
          dataType="department"
          fields={fieldsOf(department)}
          lockedFields={department.lockedFields}
          provenance={department.provenance}
          {...(isAdmin && {
            onLocks: async (change: DepartmentPatch) => {
              await patchDepartment(id, change);
              await departmentChanged();
            },
          })}
        />
      </section>
      <section className="card" aria-labelledby="department-records">
        <div className="card-title">
          <h3 id="department-records">{t('link.title')}</h3>
        </div>
        <RecordLinks links={department.links} dataType="department" onChanged={departmentChanged} />
      </section>
      <DepartmentMembers department={department} />
      {editing && <EditDepartmentDialog department={department} onClose={() => setEditing(false)} />}
    </div>
  );
}

const KNOWN = new Set(['title', 'parentUid', 'sort', 'ownerUids']);

function fieldsOf(department: Department): FieldOfResource[] {
  const { title, sort, owners, custom, lockedFields, path } = department;
  const parent = path.at(-1);
  const removed = lockedFields.filter((field) => !KNOWN.has(field) && !Object.hasOwn(custom, field));
  return [
    { field: 'title', value: <Value value={title} />, filled: true },
    { field: 'parentUid', value: <Value value={parent?.title} />, filled: parent !== undefined },
    { field: 'ownerUids', value: <PersonLinks people={owners} />, filled: owners.length > 0 },
    { field: 'sort', value: <Value value={sort} />, filled: sort !== null },
    ...[...Object.keys(custom), ...removed]
      .sort((a, b) => a.localeCompare(b))
      .map((field) => ({ field, value: <Value value={custom[field]} />, filled: Object.hasOwn(custom, field) })),
  ];
}
