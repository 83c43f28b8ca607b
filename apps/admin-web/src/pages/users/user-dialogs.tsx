import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types';
import { createUser, patchUser, userChanged, userNow } from '../../api/users';
import { announce } from '../../ui/announcer';
import { FormDialog } from '../../ui/form-dialog';
import { Notice } from '../../ui/notice';
import { useDraft } from '../../ui/use-draft';
import { DRAFTS } from '../directory/draft-keys';
import { MovedOn, useMovedOn } from '../directory/moved-on';
import { useHandEdit } from '../directory/use-hand-edit';
import { customChanges } from './custom-fields';
import { draftOf, newUserOf, NOBODY, patchOf, TEXT_FIELDS, type UserDraft } from './user-draft';
import { USER_PLACES, UserFields } from './user-fields';

/** Makes a user that no source states. */
export function NewUserDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft, forget] = useDraft(DRAFTS.newUser, NOBODY);
  const { custom, problems } = customChanges(draft.custom, []);
  const save = useMutation({
    mutationFn: () => createUser(newUserOf(draft, custom)),
    onSuccess: async (user) => {
      forget();
      onClose();
      announce(t('users.created'));
      void userChanged(user);
      await navigate({ to: '/users/$userId', params: { userId: user.id } });
    },
  });
  return (
    <FormDialog
      open
      title={t('users.addTitle')}
      submit={t('users.create')}
      busy={save.isPending}
      error={save.error}
      places={USER_PLACES}
      onSubmit={() => problems.size === 0 && save.mutate()}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      <p className="muted">{t('users.addHelp')}</p>
      <UserFields draft={draft} onChange={setDraft} error={save.error} problems={problems} />
    </FormDialog>
  );
}

/** Changes a user by hand; what changes is locked by that. */
export function EditUserDialog({ user, onClose }: { user: User; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { before, draft, setDraft, forget } = useHandEdit(DRAFTS.user(user.id), draftOf(t, user));
  const { custom, problems } = customChanges(draft.custom, before.custom);
  const patch = patchOf(draft, before, custom);
  const { seen, fields, meet } = useMovedOn(before);
  const save = useMutation({
    mutationFn: async () => {
      const now = draftOf(t, await userNow(user.id));
      const moved = meet(patch, now, (next, then) =>
        patchOf(next, then, customChanges(next.custom, then.custom).custom),
      );
      return moved ? undefined : patchUser(user.id, patch);
    },
    onSuccess: async (changed) => {
      if (!changed) return;
      forget();
      onClose();
      announce(t('users.saved'));
      await userChanged(changed);
    },
  });
  const close = (): void => {
    forget();
    onClose();
  };
  return (
    <FormDialog
      open
      title={t('users.editTitle')}
      submit={t('dialog.save')}
      busy={save.isPending}
      error={save.error}
      places={USER_PLACES}
      onSubmit={() => {
        if (problems.size > 0) return;
        if (Object.keys(patch).length === 0) close();
        else save.mutate();
      }}
      onClose={close}
    >
      <Notice kind="info">{t('users.editHelp')}</Notice>
      <MovedOn fields={fields.map((field) => ({ field, value: textIn(t, seen, field) }))} />
      <UserFields draft={draft} onChange={setDraft} error={save.error} problems={problems} userId={user.id} />
    </FormDialog>
  );
}

/** What a field of a patch is in a draft, as people read it. */
function textIn(t: TFunction, draft: UserDraft, field: string): string | undefined {
  if (field === 'managerId') return draft.manager?.label;
  if (field === 'status') return t(`userStatus.${draft.status}`);
  const text = TEXT_FIELDS.find((name) => name === field);
  return (text ? draft[text] : draft.custom.find(({ name }) => name === field)?.text) || undefined;
}
