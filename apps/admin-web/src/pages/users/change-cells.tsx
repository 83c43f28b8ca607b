import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type UserChange, USER_STATUSES } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { localText } from '../../i18n/note-text';
import { kindKey } from '../../i18n/task-kind';
import { TaskLink } from '../../ui/task-link';
import { changeNames } from '../../ui/change-names';
import { useSourceLabel } from '../../ui/use-source-label';
import { fieldName } from '../../i18n/field-name';
import type { ValueNames } from '../../ui/value-text';
import { MembershipMarks } from '../directory/membership-marks';
import { Value } from '../directory/value';
import { AUDITED_KEYS, isAudited } from './change-kinds';

interface ChangeProps {
  change: UserChange;
}

export function ChangeMoment({ change }: ChangeProps): ReactElement {
  const formats = useFormats();
  return (
    <time className="muted" dateTime={change.at} title={formats.exactMoment(change.at)}>
      {formats.moment(change.at)}
    </time>
  );
}

/** What happened, in a word or two; where it did not work, that. */
export function ChangeTitle({ change }: ChangeProps): ReactElement {
  const { t } = useTranslation();
  const { action, outcome, target } = change;
  const title =
    action === null ? t('changed.refused') : isAudited(action) ? t(AUDITED_KEYS[action]) : t(`changed.${action}`);
  const elsewhere = target !== null && target !== 'users';
  return (
    <div className="change-title">
      <span>{title}</span>
      {elsewhere && <small className="muted">{target === 'departments' ? t('target.departments') : target}</small>}
      {outcome !== 'applied' && (
        <span className="status" data-status={outcome === 'failed' ? 'failed' : 'held'}>
          {t(`changeOutcome.${outcome}`)}
        </span>
      )}
    </div>
  );
}

export function ChangeText({ change }: ChangeProps): ReactElement {
  const { t, i18n } = useTranslation();
  const { department, diff, fields, record } = change;
  const message = change.message && localText(i18n.language, change.message, change.texts);
  const notes = useNotes(change);
  if (department) return <ChangedMembership department={department} />;
  if (record) return <HandLinkedRecord record={record} />;
  if (diff.length === 0 && !fields?.length && notes.length === 0 && message === undefined)
    return <span className="muted nothing">–</span>;
  return (
    <>
      {message !== undefined && <div>{message}</div>}
      {/* Their values are kept for less long. */}
      {fields && fields.length > 0 && diff.length === 0 && (
        <div className="value">{fields.map((field) => fieldName(t, field, 'user')).join(', ')}</div>
      )}
      {notes.map((note) => (
        <div key={note}>{note}</div>
      ))}
      {diff.length > 0 && (
        <dl className="diff">
          {diff.map((difference) => (
            <div key={difference.field}>
              <dt>{fieldName(t, difference.field, 'user')}</dt>
              <dd>
                {'before' in difference && (
                  <>
                    <del>
                      <FieldValue
                        field={difference.field}
                        value={difference.before}
                        names={changeNames(change, difference.field)}
                      />
                    </del>
                    <span aria-hidden="true"> → </span>
                    <span className="visually-hidden"> {t('history.becomes')} </span>
                  </>
                )}
                <FieldValue
                  field={difference.field}
                  value={difference.after}
                  names={changeNames(change, difference.field)}
                />
                {difference.waits && (
                  <small className="change-waits">{t('history.waits', { uids: difference.waits.join(', ') })}</small>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function ChangedMembership({ department }: { department: NonNullable<UserChange['department']> }): ReactElement {
  const { t } = useTranslation();
  const { id, title, isMain = false, isOwner = false } = department;
  return (
    <>
      {title === null ? (
        <span className="muted">{t('history.departmentGone', { id })}</span>
      ) : (
        <Link to="/departments/$departmentId" params={{ departmentId: id }}>
          {title}
        </Link>
      )}
      <MembershipMarks membership={{ isMain, isOwner }} />
    </>
  );
}

function HandLinkedRecord({ record: { uid, source } }: { record: NonNullable<UserChange['record']> }): ReactElement {
  const labelOf = useSourceLabel();
  return (
    <>
      <code>{uid}</code> <small className="muted">{labelOf(source)}</small>
    </>
  );
}

/** What neither differences nor fields tell: what a hand locked, and where the record had it all. */
function useNotes({
  action,
  diff,
  fields = [],
  locked = [],
  outcome,
  target,
  unlocked = [],
  waits = [],
  ...rest
}: UserChange): string[] {
  const { t } = useTranslation();
  const names = (list: readonly string[]): string => list.map((field) => fieldName(t, field, 'user')).join(', ');
  // What changed is locked by that.
  const onlyLocked = locked.filter((field) => !fields.includes(field));
  const asTheRecordSaid = diff.length === 0 && outcome === 'applied';
  return [
    ...(asTheRecordSaid && action === 'create' ? [t('history.created')] : []),
    ...(asTheRecordSaid && action === 'update' && target === 'departments' ? [t('history.departments')] : []),
    ...[...new Set(waits.map(({ field }) => field))].map((field) => {
      const uids = waits.filter((one) => one.field === field).map(({ uid }) => uid);
      return `${fieldName(t, field, 'user')}${t('note.colon')}${t('history.waits', { uids: uids.join(', ') })}`;
    }),
    ...(onlyLocked.length > 0 ? [t('history.locked', { fields: names(onlyLocked) })] : []),
    ...(unlocked.length > 0 ? [t('history.unlocked', { fields: names(unlocked) })] : []),
    ...(rest.protected === undefined ? [] : [t(rest.protected ? 'history.protected' : 'history.unprotected')]),
  ];
}

interface FieldValueProps {
  field: string;
  value: unknown;
  names: ValueNames;
}

function FieldValue({ field, value, names }: FieldValueProps): ReactElement {
  const { t } = useTranslation();
  const status = field === 'status' ? USER_STATUSES.find((known) => known === value) : undefined;
  return status ? <>{t(`userStatus.${status}`)}</> : <Value value={value} names={names} />;
}

/** The task, or whose hand it was. */
export function ChangeOrigin({ change }: ChangeProps): ReactElement {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  const { task, by } = change;
  if (!task) return <span>{by?.name}</span>;
  return (
    <>
      <TaskLink id={task.id} />
      <small className="muted">
        {[...(task.source === null ? [] : [labelOf(task.source)]), t(kindKey(task))].join(' · ')}
      </small>
    </>
  );
}
