import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createDepartment, departmentChanged, patchDepartment } from '../../api/departments';
import type { Department, DepartmentPatch } from '../../api/types';
import { announce } from '../../ui/announcer';
import { fieldError } from '../../ui/field-errors';
import { TextField } from '../../ui/fields';
import { FormDialog } from '../../ui/form-dialog';
import type { Found } from '../../ui/lookup';
import { Notice } from '../../ui/notice';
import { useDraft } from '../../ui/use-draft';
import { fieldName } from '../directory/field-name';
import { DepartmentLookup } from '../directory/lookups';

interface DepartmentDraft {
  title: string;
  parent: Found | null;
  /** A whole number, or nothing. */
  sort: string;
}

/** Makes a department that no source states. */
export function NewDepartmentDialog({ parent, onClose }: { parent: Found | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [empty] = useState<DepartmentDraft>({ title: '', parent, sort: '' });
  const [draft, setDraft, forget] = useDraft('department:new', empty);
  const save = useMutation({
    mutationFn: () =>
      createDepartment({ title: draft.title, parentId: draft.parent?.id ?? null, sort: numberOf(draft.sort) }),
    onSuccess: async ({ id }) => {
      forget();
      onClose();
      announce(t('departments.created'));
      void departmentChanged();
      await navigate({ to: '/departments/$departmentId', params: { departmentId: id } });
    },
  });
  return (
    <FormDialog
      open
      title={t('departments.addTitle')}
      submit={t('departments.create')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => isNumber(draft.sort) && save.mutate()}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      <p className="muted">{t('departments.addHelp')}</p>
      <DepartmentFields draft={draft} onChange={setDraft} error={save.error} />
    </FormDialog>
  );
}

/** Changes a department by hand; what changes is locked by that. */
export function EditDepartmentDialog({
  department,
  onClose,
}: {
  department: Department;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const [before] = useState<DepartmentDraft>(() => {
    const parent = department.path.at(-1);
    return {
      title: department.title,
      parent: parent ? { id: parent.id, label: parent.title } : null,
      sort: department.sort === null ? '' : String(department.sort),
    };
  });
  const [draft, setDraft, forget] = useDraft(`department:${department.id}`, before);
  const save = useMutation({
    mutationFn: () => patchDepartment(department.id, patchOf(draft, before)),
    onSuccess: async () => {
      forget();
      onClose();
      announce(t('departments.saved'));
      await departmentChanged();
    },
  });
  return (
    <FormDialog
      open
      title={t('departments.editTitle')}
      submit={t('dialog.save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => isNumber(draft.sort) && save.mutate()}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      <Notice kind="info">{t('departments.editHelp')}</Notice>
      <DepartmentFields draft={draft} onChange={setDraft} error={save.error} />
    </FormDialog>
  );
}

function patchOf(next: DepartmentDraft, before: DepartmentDraft): DepartmentPatch {
  return {
    ...(next.title !== before.title && { title: next.title }),
    ...(next.parent?.id !== before.parent?.id && { parentId: next.parent?.id ?? null }),
    ...(next.sort !== before.sort && { sort: numberOf(next.sort) }),
  };
}

const isNumber = (text: string): boolean => /^\s*-?\d{0,9}\s*$/.test(text);
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function DepartmentFields(props: {
  draft: DepartmentDraft;
  onChange: (draft: DepartmentDraft) => void;
  error: unknown;
}): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const { draft, onChange, error } = props;
  const parentError = fieldError(error, '/parentId')?.message;
  return (
    <>
      <TextField
        id={`${id}-title`}
        label={fieldName(t, 'title')}
        aria-required="true"
        value={draft.title}
        error={fieldError(error, '/title')?.message}
        onChange={({ target }) => onChange({ ...draft, title: target.value })}
      />
      <div className="field">
        <label htmlFor={`${id}-parent`}>{fieldName(t, 'parentUid')}</label>
        <DepartmentLookup
          id={`${id}-parent`}
          label={fieldName(t, 'parentUid')}
          placeholder={t('departments.root')}
          value={draft.parent}
          onChange={(parent) => onChange({ ...draft, parent })}
          invalid={parentError !== undefined}
          describedBy={`${id}-parent-hint`}
        />
        <div id={`${id}-parent-hint`} className="field-error" aria-live="polite">
          {parentError}
        </div>
      </div>
      <TextField
        id={`${id}-sort`}
        label={fieldName(t, 'sort')}
        inputMode="numeric"
        help={t('departments.sortHelp')}
        value={draft.sort}
        error={isNumber(draft.sort) ? fieldError(error, '/sort')?.message : t('departments.sortWrong')}
        onChange={({ target }) => onChange({ ...draft, sort: target.value })}
      />
    </>
  );
}
