import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery } from '../../api/names';
import { type Change, type Difference, USER_STATUSES } from '../../api/types';
import { fieldName } from '../../i18n/field-name';
import { changeNames } from '../../ui/change-names';
import { useMay } from '../../ui/use-may';
import { useValueWords } from '../../ui/use-value-words';
import { type ValueNames, valueText } from '../../ui/value-text';
import { useChangeMessage } from './change-message';

/** So many fields show at once; the others on demand. */
const SHOWN = 4;

/** A longer value is folded. */
const LONG = 140;

interface ValueProps {
  field: string;
  value: unknown;
  names: ValueNames;
}

/** Field by field what was there and what is there from then on; before that, why it failed. */
export function Differences({ change }: { change: Change }): ReactElement {
  const { t } = useTranslation();
  const message = useChangeMessage()(change);
  const { diff } = change;
  const rest = diff.slice(SHOWN);
  return (
    <div className="differences">
      {message !== undefined && <p className="change-message">{message}</p>}
      <DifferenceList change={change} diff={diff.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary>{t('taskChange.moreFields', { count: rest.length })}</summary>
          <DifferenceList change={change} diff={rest} />
        </details>
      )}
    </div>
  );
}

function DifferenceList({ change, diff }: { change: Change; diff: readonly Difference[] }): ReactElement | null {
  const { t } = useTranslation();
  const sources = useQuery(sourceNamesQuery).data;
  if (diff.length === 0) return null;
  // Where several sources say in which departments somebody is, a change tells those of its own: that none is left is not all.
  const ofSource = change.target === 'departments' && change.dataType === 'user' && (sources?.length ?? 0) > 1;
  return (
    <dl>
      {diff.map((difference) => (
        <div key={difference.field}>
          <dt>
            {ofSource && difference.field === 'departments' && isNone(difference.after)
              ? t('taskChange.departmentsOfSource')
              : fieldName(t, difference.field, change.dataType)}
          </dt>
          <dd>
            <BeforeAfter change={change} difference={difference} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isNone = (value: unknown): boolean => value == null || (Array.isArray(value) && value.length === 0);

function BeforeAfter({ change, difference }: { change: Change; difference: Difference }): ReactElement {
  const { t } = useTranslation();
  const mayOperate = useMay('operator');
  const { field, before, after, waits } = difference;
  const names = changeNames(change, field);
  const had = before !== undefined && before !== null;
  const has = after !== undefined && after !== null;
  // Whoever may not see what was there is not told that there was nothing.
  const isNew = change.action === 'create' || change.action === 'link' || !mayOperate;
  return (
    <>
      {had && (
        <>
          <span className="visually-hidden">{t('taskChange.before')} </span>
          <del>
            <Value field={field} value={before} names={names} />
          </del>{' '}
        </>
      )}
      {!had && !isNew && <span className="muted">{t('taskChange.empty')} </span>}
      {(had || !isNew) && <span aria-hidden="true">→ </span>}
      <span className="visually-hidden">{t('taskChange.after')} </span>
      {has ? (
        <ins>
          <Value field={field} value={after} names={names} />
        </ins>
      ) : (
        <span className="muted">{t('taskChange.empty')}</span>
      )}
      {waits && <small className="difference-waits">{t('taskChange.waits', { uids: waits.join(', ') })}</small>}
    </>
  );
}

function Value({ field, value, names }: ValueProps): ReactElement {
  const { t } = useTranslation();
  const words = useValueWords();
  const status = field === 'status' ? USER_STATUSES.find((known) => known === value) : undefined;
  if (status) return <>{t(`userStatus.${status}`)}</>;
  const text = valueText(value, words, names);
  if (text.length <= LONG) return <>{text}</>;
  return (
    <details className="long-value">
      <summary>{`${text.slice(0, LONG / 2)}…`}</summary>
      {text}
    </details>
  );
}
