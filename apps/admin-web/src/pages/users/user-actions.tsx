import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task, User } from '../../api/types';
import { deleteUser, patchUser, restoreUser, syncUser, userChanged } from '../../api/users';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { useMay } from '../../ui/use-may';
import { useIsSourceDeleted } from '../../ui/use-source-label';
import { hasDraft } from '../../ui/use-draft';
import { DRAFTS } from '../directory/draft-keys';
import { EditUserDialog } from './user-dialogs';

type Question = 'sync' | 'protect' | 'unprotect' | 'restore' | 'delete';

interface UserActionsProps {
  user: User;
  onStarted: (task: Task) => void;
}

/** What can be done with a user, each with what it means before it happens. */
export function UserActions({ user, onStarted }: UserActionsProps): ReactElement | null {
  const { t } = useTranslation();
  const isOperator = useMay('operator');
  const isAdmin = useMay('admin');
  const [editing, setEditing] = useState(() => hasDraft(DRAFTS.user(user.id)));
  const [question, setQuestion] = useState<Question>();
  const act = useMutation({
    mutationFn: async (what: Question) => {
      if (what === 'sync') onStarted(await syncUser(user.id));
      else if (what === 'restore') await userChanged(await restoreUser(user.id));
      else if (what === 'delete') await userChanged(await deleteUser(user.id));
      else await userChanged(await patchUser(user.id, { protected: what === 'protect' }));
    },
    onSuccess: (_, what) => {
      setQuestion(undefined);
      announce(t(`userAction.${what}Done`));
    },
  });
  const isSourceDeleted = useIsSourceDeleted();
  const isStated = user.links.some(({ source }) => source !== null && !isSourceDeleted(source));
  const deleted = user.status === 'deleted';
  const protection = user.protected ? 'unprotect' : 'protect';
  return (
    <>
      {isAdmin && deleted && (
        <Button type="primary" onClick={() => setQuestion('restore')}>
          {t('userAction.restore')}
        </Button>
      )}
      {/* No sync touches who is protected: the page says so. */}
      {isOperator && isStated && !user.protected && (
        <Button onClick={() => setQuestion('sync')}>{t('userAction.sync')}</Button>
      )}
      {isAdmin && !deleted && (
        <>
          <Button onClick={() => setQuestion(protection)}>{t(`userAction.${protection}`)}</Button>
          <Button onClick={() => setEditing(true)}>{t('userAction.edit')}</Button>
          {/* Whom a source states that one would bring back. */}
          {user.links.length === 0 && <Button onClick={() => setQuestion('delete')}>{t('userAction.delete')}</Button>}
        </>
      )}
      <ConfirmDialog
        open={question !== undefined}
        title={question ? t(`userAction.${question}Title`) : ''}
        confirm={question ? t(`userAction.${question}`) : ''}
        danger={question === 'delete'}
        busy={act.isPending}
        error={act.error}
        onConfirm={() => question && act.mutate(question)}
        onClose={() => {
          act.reset();
          setQuestion(undefined);
        }}
      >
        <p>{question && t(`userAction.${question}Help`)}</p>
        {question === 'sync' && deleted && <p>{t('userAction.syncDeleted')}</p>}
      </ConfirmDialog>
      {editing && <EditUserDialog user={user} onClose={() => setEditing(false)} />}
    </>
  );
}
