import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../i18n/field-name';
import { Notice } from '../../ui/notice';

/** A field that somebody, or a sync, changed while it was edited here. */
export interface Moved {
  field: string;
  /** What stands there now; undefined: nothing. */
  value: string | undefined;
}

/** What a form changes: values by field, those of custom fields by their own names. */
type Patch = object & { custom?: object };

/** References are sent by id, and called what records call them. */
const CALLED: Readonly<Record<string, string>> = { managerId: 'managerUid', parentId: 'parentUid' };

const flat = ({ custom, ...fields }: Patch): Readonly<Record<string, unknown>> => ({ ...fields, ...custom });

/** The fields that both change, and not to the same. */
function movedFields(mine: Patch, theirs: Patch): string[] {
  const [ours, others] = [flat(mine), flat(theirs)];
  return Object.keys(ours).filter(
    (field) => field in others && JSON.stringify(ours[field]) !== JSON.stringify(others[field]),
  );
}

/** What was there when it was last looked at, from when a form was opened on, and the fields that were changed there and here. */
export function useMovedOn<Draft>(before: Draft) {
  const [seen, setSeen] = useState(before);
  const [fields, setFields] = useState<string[]>([]);
  /** Looks at what is there `now`, which `patchOf` tells from before. Whether somebody else changed what `mine` changes. */
  const meet = (mine: Patch, now: Draft, patchOf: (next: Draft, before: Draft) => Patch): boolean => {
    const both = movedFields(mine, patchOf(now, seen));
    setSeen(now);
    setFields(both);
    return both.length > 0;
  };
  return { seen, fields, meet };
}

/** Nobody's value is replaced unseen: what stands there by now, and that saving again replaces it. */
export function MovedOn({ fields }: { fields: readonly Moved[] }): ReactElement | null {
  const { t } = useTranslation();
  if (fields.length === 0) return null;
  return (
    <Notice kind="warning" title={t('movedOn.title')}>
      <ul>
        {fields.map(({ field, value }) => (
          <li key={field}>
            {t('movedOn.field', { field: fieldName(t, CALLED[field] ?? field), value: value ?? '–' })}
          </li>
        ))}
      </ul>
      {t('movedOn.again')}
    </Notice>
  );
}
