import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createDepartment, departmentChanged, departmentNow, patchDepartment } from '../../api/departments';
import type { Department, DepartmentPatch } from '../../api/types';
import { announce } from '../../ui/announcer';
import { fieldText } from '../../i18n/field-text';
import { TextField } from '../../ui/fields';
import { FormDialog } from '../../ui/form-dialog';
import type { Found } from '../../ui/lookup';
import { Notice } from '../../ui/notice';
import { useDraft } from '../../ui/use-draft';
import { useStanding } from '../../ui/use-standing';
import { fieldName } from '../../i18n/field-name';
import { DepartmentLookup } from '../directory/lookups';
import { DRAFTS } from '../directory/draft-keys';
import { MovedOn, useMovedOn } from '../directory/moved-on';
import { useHandEdit } from '../directory/use-hand-edit';

const PLACES = ['/title', '/parentId', '/sort'];

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
  const [draft, setDraft, forget] = useDraft(DRAFTS.newDepartment, empty);
  return (
    <DepartmentDialog
      draft={draft}
      onChange={setDraft}
      forget={forget}
      title={t('departments.addTitle')}
      submit={t('departments.create')}
      help={<p className="muted">{t('departments.addHelp')}</p>}
      save={async () => {
        const { title, parent: below, sort } = draft;
        const { id } = await createDepartment({ title, parentId: below?.id ?? null, sort: numberOf(sort) });
        announce(t('departments.created'));
        void departmentChanged();
        await navigate({ to: '/departments/$departmentId', params: { departmentId: id } });
        return true;
      }}
      onClose={onClose}
    />
  );
}

interface EditDepartmentDialogProps {
  department: Department;
  onClose: () => void;
}

/** Changes a department by hand; what changes is locked by that. */
export function EditDepartmentDialog({ department, onClose }: EditDepartmentDialogProps): ReactElement {
  const { t } = useTranslation();
  const { before, draft, setDraft, forget } = useHandEdit(DRAFTS.department(department.id), draftOf(department));
  const { seen, fields, meet } = useMovedOn(before);
  return (
    <DepartmentDialog
      draft={draft}
      onChange={setDraft}
      forget={forget}
      title={t('departments.editTitle')}
      submit={t('dialog.save')}
      help={
        <>
          <Notice kind="info">{t('departments.editHelp')}</Notice>
          <MovedOn fields={fields.map((field) => ({ field, value: textIn(seen, field) }))} />
        </>
      }
      id={department.id}
      save={async () => {
        const now = draftOf(await departmentNow(department.id));
        const patch = patchOf(draft, before);
        if (meet(patch, now, patchOf)) return false;
        if (Object.keys(patch).length === 0) return true;
        await patchDepartment(department.id, patch);
        announce(t('departments.saved'));
        void departmentChanged();
        return true;
      }}
      onClose={onClose}
    />
  );
}

interface DepartmentDialogProps {
  draft: DepartmentDraft;
  onChange: (draft: DepartmentDraft) => void;
  /** The draft is saved, or given up. */
  forget: () => void;
  /** Of the department; undefined: a new one. */
  id?: number;
  title: string;
  submit: string;
  help: ReactElement;
  /** False: there is something to look at first. */
  save: () => Promise<boolean>;
  onClose: () => void;
}

function DepartmentDialog(props: DepartmentDialogProps): ReactElement {
  const { draft, onChange, forget, id, title, submit, help, save, onClose } = props;
  const close = (): void => {
    forget();
    onClose();
  };
  const saving = useMutation({ mutationFn: save, onSuccess: (saved) => saved && close() });
  return (
    <FormDialog
      open
      title={title}
      submit={submit}
      busy={saving.isPending}
      error={saving.error}
      places={PLACES}
      onSubmit={() => isNumber(draft.sort) && saving.mutate()}
      onClose={close}
    >
      {help}
      <DepartmentFields departmentId={id} draft={draft} onChange={onChange} error={saving.error} />
    </FormDialog>
  );
}

function draftOf({ title, path, sort }: Department): DepartmentDraft {
  const parent = path.at(-1);
  return {
    title,
    parent: parent ? { id: parent.id, label: parent.title } : null,
    sort: sort === null ? '' : String(sort),
  };
}

/** What a field of a patch is in a draft, as people read it. */
function textIn({ title, parent, sort }: DepartmentDraft, field: string): string | undefined {
  return { title, parentId: parent?.label, sort }[field];
}

function patchOf(next: DepartmentDraft, before: DepartmentDraft): DepartmentPatch {
  return {
    ...(next.title !== before.title && { title: next.title }),
    ...(next.parent?.id !== before.parent?.id && { parentId: next.parent?.id ?? null }),
    ...(next.sort !== before.sort && { sort: numberOf(next.sort) }),
  };
}

const isNumber = (text: string): boolean => /^\s*-?\d{0,15}\s*$/.test(text);
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function DepartmentFields(props: {
  departmentId: number | undefined;
  draft: DepartmentDraft;
  onChange: (draft: DepartmentDraft) => void;
  error: unknown;
}): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const { draft, onChange } = props;
  const error = useStanding(props.error, draft);
  const parentError = fieldText(t, error, '/parentId');
  return (
    <>
      <TextField
        id={`${id}-title`}
        label={fieldName(t, 'title')}
        aria-required="true"
        value={draft.title}
        error={fieldText(t, error, '/title')}
        onChange={({ target }) => onChange({ ...draft, title: target.value })}
      />
      <div className="field">
        <label htmlFor={`${id}-parent`}>{fieldName(t, 'parentUid')}</label>
        <DepartmentLookup
          id={`${id}-parent`}
          notBelow={props.departmentId}
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
        error={isNumber(draft.sort) ? fieldText(t, error, '/sort') : t('departments.sortWrong')}
        onChange={({ target }) => onChange({ ...draft, sort: target.value })}
      />
    </>
  );
}
