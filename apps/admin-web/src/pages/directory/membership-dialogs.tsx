import { useMutation } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentChanged, putMember, removeMember } from '../../api/departments';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Field } from '../../ui/fields';
import { FormDialog } from '../../ui/form-dialog';
import type { Found } from '../../ui/lookup';
import { useDraft } from '../../ui/use-draft';
import { useSourceLabel } from '../../ui/use-source-label';
import { DRAFTS } from './draft-keys';
import { DepartmentLookup, UserLookup } from './lookups';

interface Draft {
  chosen: Found | null;
  isMain: boolean;
  isOwner: boolean;
}

const EMPTY: Draft = { chosen: null, isMain: false, isOwner: false };

interface AddMembershipProps {
  /** The side that is known; the other one is chosen. */
  user?: Found;
  department?: Found;
  onClose: () => void;
}

/** Puts a user into a department by hand. */
export function AddMembershipDialog({ user, department, onClose }: AddMembershipProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft, forget] = useDraft(DRAFTS.membership({ user, department }), EMPTY);
  const [tried, setTried] = useState(false);
  const missing = tried && draft.chosen === null;
  const known = user ?? department;
  const save = useMutation({
    mutationFn: ({ chosen, isMain, isOwner }: Draft & { chosen: Found }) =>
      putMember(department?.id ?? chosen.id, user?.id ?? chosen.id, { isMain, isOwner }),
    onSuccess: async () => {
      forget();
      onClose();
      announce(t('membership.added'));
      await departmentChanged();
    },
  });
  const label = t(user ? 'membership.department' : 'membership.user');
  const Choose = user ? DepartmentLookup : UserLookup;
  return (
    <FormDialog
      open
      title={t(user ? 'membership.addUserTitle' : 'membership.addMemberTitle', { name: known?.label ?? '' })}
      submit={t('membership.add')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => {
        setTried(true);
        if (draft.chosen) save.mutate({ ...draft, chosen: draft.chosen });
      }}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      <p className="muted">{t('membership.addHelp')}</p>
      <Field id={id} label={label} error={missing ? t('form.errorRequired') : undefined}>
        <Choose
          id={id}
          label={label}
          placeholder={t('lookup.type')}
          value={draft.chosen}
          invalid={missing}
          describedBy={`${id}-hint`}
          onChange={(chosen) => setDraft({ ...draft, chosen })}
        />
      </Field>
      <div className="checks">
        <Checkbox checked={draft.isMain} onChange={({ target }) => setDraft({ ...draft, isMain: target.checked })}>
          {t('membership.makeMain')}
        </Checkbox>
        <Checkbox checked={draft.isOwner} onChange={({ target }) => setDraft({ ...draft, isOwner: target.checked })}>
          {t('membership.makeOwner')}
        </Checkbox>
      </div>
    </FormDialog>
  );
}

export interface MembershipToRemove {
  user: Found;
  department: Found;
  /** Names of sources that say so as well: they keep it. */
  sources: readonly string[];
}

/** Takes back what was said by hand. */
export function RemoveMembershipDialog(props: {
  membership: MembershipToRemove | undefined;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const { membership, onClose } = props;
  const sourceLabel = useSourceLabel();
  const remove = useMutation({
    mutationFn: ({ user, department }: MembershipToRemove) => removeMember(department.id, user.id),
    onSuccess: async ({ isMember }) => {
      onClose();
      announce(t(isMember ? 'membership.stays' : 'membership.removed'));
      await departmentChanged();
    },
  });
  const sources = membership?.sources ?? [];
  return (
    <ConfirmDialog
      open={membership !== undefined}
      title={t('membership.removeTitle', {
        user: membership?.user.label ?? '',
        department: membership?.department.label ?? '',
      })}
      confirm={t('membership.remove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => membership && remove.mutate(membership)}
      onClose={() => {
        remove.reset();
        onClose();
      }}
    >
      <p>
        {sources.length > 0
          ? t('membership.removeKept', { sources: sources.map(sourceLabel).join(', ') })
          : t('membership.removeHelp')}
      </p>
    </ConfirmDialog>
  );
}
