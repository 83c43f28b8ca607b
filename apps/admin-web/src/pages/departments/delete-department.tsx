import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteDepartment, departmentChanged } from '../../api/departments';
import type { Department } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';

/** Deletes a department that was made by hand; one that a source states that would bring back. */
export function DeleteDepartment({ department }: { department: Department }): ReactElement {
  const { t } = useTranslation();
  const { isLeaf, memberCount } = department;
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => deleteDepartment(department.id),
    onSuccess: async () => {
      setAsking(false);
      announce(t('departments.deleted'));
      await navigate({ to: '/departments' });
      await departmentChanged();
    },
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('departments.delete')}</Button>
      <ConfirmDialog
        open={asking}
        title={t('departments.deleteTitle')}
        confirm={t('departments.delete')}
        danger
        busy={remove.isPending}
        // The text says why.
        disabled={!isLeaf || memberCount > 0}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => {
          remove.reset();
          setAsking(false);
        }}
      >
        <p>{t('departments.deleteHelp')}</p>
        {memberCount > 0 && <p>{t('departments.deleteMembers', { count: memberCount })}</p>}
        {!isLeaf && <p>{t('departments.deleteBelow')}</p>}
      </ConfirmDialog>
    </>
  );
}
