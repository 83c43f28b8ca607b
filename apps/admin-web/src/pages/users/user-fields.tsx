import type { Dispatch, ReactElement, ReactNode, SetStateAction } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldText } from '../../i18n/field-text';
import { UserLink } from '../../ui/user-link';
import { fieldError } from '../../ui/field-errors';
import { Field, TextField } from '../../ui/fields';
import { useStanding } from '../../ui/use-standing';
import { fieldName } from '../../i18n/field-name';
import { DepartmentLookup, UserLookup } from '../directory/lookups';
import type { CustomProblem } from './custom-fields';
import { CustomFields } from './custom-inputs';
import { TEXT_FIELDS, type UserDraft } from './user-draft';

/** How the JSON pointers begin of what these fields tell. */
export const USER_PLACES = [...TEXT_FIELDS.map((field) => `/${field}`), '/managerId', '/custom/'];

interface UserFieldsProps {
  draft: UserDraft;
  onChange: Dispatch<SetStateAction<UserDraft>>;
  /** What the service said of the last try. */
  error: unknown;
  problems: ReadonlyMap<number, CustomProblem>;
  /** Undefined: a new one. */
  userId?: number;
}

export function UserFields({ draft, onChange, error, problems, userId }: UserFieldsProps): ReactElement {
  const isNew = userId === undefined;
  const { t } = useTranslation();
  const id = useId();
  const standing = useStanding(error, draft);
  const set = (change: Partial<UserDraft>): void => onChange((before) => ({ ...before, ...change }));
  const managerError = fieldText(t, standing, '/managerId');
  /** Of these fields none is needed by itself. */
  const errorOf = (field: string): ReactNode => {
    const { code, holder } = fieldError(standing, `/${field}`) ?? {};
    if (code === 'required') return t('users.oneNeeded');
    const text = fieldText(t, standing, `/${field}`);
    return holder === undefined ? (
      text
    ) : (
      <>
        {text} <UserLink id={holder} />
      </>
    );
  };
  return (
    <>
      {TEXT_FIELDS.map((field) => (
        <TextField
          key={field}
          id={`${id}-${field}`}
          label={fieldName(t, field)}
          value={draft[field]}
          error={errorOf(field)}
          onChange={({ target }) => set({ [field]: target.value })}
        />
      ))}
      {!isNew && (
        <Field id={`${id}-status`} label={t('users.status')} help={t('users.statusHelp')}>
          <select
            id={`${id}-status`}
            className="select"
            aria-describedby={`${id}-status-help`}
            value={draft.status}
            onChange={({ target }) => set({ status: target.value === 'disabled' ? 'disabled' : 'active' })}
          >
            <option value="active">{t('userStatus.active')}</option>
            <option value="disabled">{t('userStatus.disabled')}</option>
          </select>
        </Field>
      )}
      <div className="field">
        <label htmlFor={`${id}-manager`}>{fieldName(t, 'managerUid')}</label>
        <UserLookup
          not={userId}
          id={`${id}-manager`}
          label={fieldName(t, 'managerUid')}
          placeholder={t('lookup.type')}
          value={draft.manager}
          onChange={(manager) => set({ manager })}
          invalid={managerError !== undefined}
          describedBy={`${id}-manager-hint`}
        />
        <div id={`${id}-manager-hint`} className="field-error" aria-live="polite">
          {managerError}
        </div>
      </div>
      {isNew && (
        <div className="field">
          <label htmlFor={`${id}-department`}>{t('users.department')}</label>
          <DepartmentLookup
            id={`${id}-department`}
            label={t('users.department')}
            placeholder={t('lookup.type')}
            value={draft.department}
            onChange={(department) => set({ department })}
          />
        </div>
      )}
      <CustomFields
        rows={draft.custom}
        onChange={(custom) => set({ custom })}
        problems={problems}
        errorOf={(name) => fieldText(t, standing, `/custom/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)}
      />
    </>
  );
}
