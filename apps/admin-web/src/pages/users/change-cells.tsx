import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserChange } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { TaskLink } from '../../ui/task-link';
import { fieldName } from '../directory/field-name';
import { Value } from '../directory/value';
import { HAND_KEYS, isByHand } from './change-kinds';

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
    action === null ? t('changed.refused') : isByHand(action) ? t(HAND_KEYS[action]) : t(`changed.${action}`);
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
  const { t } = useTranslation();
  const { diff, fields, message } = change;
  if (diff.length === 0 && !fields?.length && message === undefined) return <span className="muted nothing">–</span>;
  return (
    <>
      {message !== undefined && <div>{message}</div>}
      {fields && fields.length > 0 && (
        <div className="value">{fields.map((field) => fieldName(t, field)).join(', ')}</div>
      )}
      {diff.length > 0 && (
        <dl className="diff">
          {diff.map((difference) => (
            <div key={difference.field}>
              <dt>{fieldName(t, difference.field)}</dt>
              <dd>
                {'before' in difference && (
                  <>
                    <del>
                      <Value value={difference.before} />
                    </del>
                    <span aria-label={t('history.becomes')}> → </span>
                  </>
                )}
                <Value value={difference.after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** The task, or whose hand it was. */
export function ChangeOrigin({ change }: ChangeProps): ReactElement {
  const { t } = useTranslation();
  const { task, by } = change;
  if (!task) return <span>{by?.name}</span>;
  return (
    <>
      <TaskLink id={task.id} />
      <small className="muted">
        {[task.source, t(`kind.${task.kind}`)].filter((part) => part !== null).join(' · ')}
      </small>
    </>
  );
}
