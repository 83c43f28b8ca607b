import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/types';
import { detailRows } from './detail-rows';
import { useDetailWords } from './use-detail-words';

interface CellProps {
  entry: AuditEntry;
}

const ACTIONS = [
  'auth.sign_in',
  'auth.sign_in_failed',
  'admin.create',
  'admin.update',
  'admin.delete',
  'admin.invite',
  'admin.withdraw_invitation',
  'admin.accept_invitation',
  'admin.change_password',
  'admin.reset_password',
  'api_key.create',
  'api_key.revoke',
  'source.create',
  'source.update',
  'source.delete',
  'source.remove',
  'source.sync',
  'target.create',
  'target.update',
  'target.delete',
  'task.retry',
  'task.cancel',
  'task.approve',
  'task.reject',
  'task.undo',
  'task.download_raw',
  'task.view_raw',
  'task.export_changes',
  'user.create',
  'user.update',
  'user.delete',
  'user.restore',
  'user.release',
  'user.sync',
  'department.create',
  'department.update',
  'department.delete',
  'membership.put',
  'membership.delete',
  'link.create',
  'link.delete',
] as const;

/** What was done, in words; an action that these pages do not know yet shows as it is. */
export function useActionText(action: string): string {
  const { t } = useTranslation();
  const known = ACTIONS.find((name) => name === action);
  if (!known) return action;
  const [area, verb] = known.split('.') as [string, string];
  return t(`auditAction.${area}_${verb}` as `auditAction.${AuditActionText}`);
}

type Underscored<Action extends string> = Action extends `${infer Area}.${infer Verb}` ? `${Area}_${Verb}` : never;
type AuditActionText = Underscored<(typeof ACTIONS)[number]>;

export function Actor({ entry }: CellProps): ReactElement {
  const { t } = useTranslation();
  const { kind, name } = entry.actor;
  if (kind === 'system') {
    return (
      <>
        <span>{t('audit.system')}</span>
        {name !== 'system' && <small className="muted">{name}</small>}
      </>
    );
  }
  return (
    <>
      <span className="row-name">{name}</span>
      {kind === 'key' && <small className="muted">{t('audit.key')}</small>}
    </>
  );
}

export function ActionText({ entry }: CellProps): ReactElement {
  return <>{useActionText(entry.action)}</>;
}

/** What changed, where the request came from in the log, and the way to everything about the same thing. */
export function EntryDetails({ entry }: CellProps): ReactElement {
  const { t } = useTranslation();
  const rows = detailRows(entry.details, useDetailWords());
  return (
    <details className="audit-details">
      <summary>{t('audit.details')}</summary>
      <dl className="facts">
        {rows.map(({ name, before, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {before !== undefined && (
                <>
                  <del>{before}</del> <span aria-hidden="true">→</span> <ins>{value}</ins>
                </>
              )}
              {before === undefined && value}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('audit.action')}</dt>
          <dd>
            <code>{entry.action}</code>
          </dd>
        </div>
        {entry.requestId !== null && (
          <div>
            <dt>{t('audit.request')}</dt>
            <dd>
              <code>{entry.requestId}</code>
            </dd>
          </div>
        )}
      </dl>
      <Link to="/audit" search={{ subject: entry.subject }}>
        {t('audit.sameSubject')}
      </Link>
    </details>
  );
}
