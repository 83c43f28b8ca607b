import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataType, User } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ProblemNotice } from '../../ui/problem-notice';
import { TaskLink } from '../../ui/task-link';
import { useSourceLabel } from '../../ui/use-source-label';
import { fieldName } from '../../i18n/field-name';
import './directory.css';

export interface FieldOfResource {
  /** By the name that it has in records; locks name it so. */
  field: string;
  value: ReactNode;
  /** There is something in it. */
  filled: boolean;
  /** A unique value, which can be given up for somebody else. */
  unique?: boolean;
}

/** What is asked before it is done: whether syncs may write a field again, or whether a source may disable somebody no more. */
interface Question {
  field: string;
  kind: 'lock' | 'unlock' | 'release';
}

const ASKED = {
  lock: {
    title: 'lock.lockStatusTitle',
    confirm: 'lock.lock',
    help: 'lock.lockStatusHelp',
    done: 'lock.locked',
  },
  unlock: {
    title: 'lock.unlockTitle',
    confirm: 'lock.unlock',
    help: 'lock.unlockHelp',
    done: 'lock.unlocked',
  },
  release: {
    title: 'lock.releaseTitle',
    confirm: 'lock.release',
    help: 'lock.releaseHelp',
    done: 'lock.released',
  },
} as const;

interface FieldRowsProps {
  dataType: DataType;
  fields: FieldOfResource[];
  lockedFields: readonly string[];
  provenance: User['provenance'];
  /** Who may not write sees no buttons. */
  onLocks?: ((change: { lock: string[] } | { unlock: string[] }) => Promise<unknown>) | undefined;
  onRelease?: ((field: string) => Promise<unknown>) | undefined;
}

/** The fields of a user or a department: what stands there, who says so, and whether syncs may change it. */
export function FieldRows(props: FieldRowsProps): ReactElement {
  const { dataType, fields, lockedFields, provenance, onLocks, onRelease } = props;
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>();
  const name = question ? fieldName(t, question.field, dataType) : '';

  const lock = useMutation({
    mutationFn: (field: string) => onLocks?.({ lock: [field] }) ?? Promise.resolve(),
    onSuccess: (_, field) => announce(t('lock.locked', { field: fieldName(t, field, dataType) })),
  });
  const asked = useMutation({
    mutationFn: ({ field, kind }: Question) =>
      (kind === 'release'
        ? onRelease?.(field)
        : onLocks?.(kind === 'lock' ? { lock: [field] } : { unlock: [field] })) ?? Promise.resolve(),
    onSuccess: (_, { field, kind }) => {
      setQuestion(undefined);
      announce(t(ASKED[kind].done, { field: fieldName(t, field, dataType) }));
    },
  });
  const { title, confirm, help } = ASKED[question?.kind ?? 'unlock'];
  const press = (field: string, locked: boolean): void => {
    if (locked) setQuestion({ field, kind: 'unlock' });
    else if (field === 'status') setQuestion({ field, kind: 'lock' });
    else lock.mutate(field);
  };

  return (
    <>
      {lock.isError && <ProblemNotice error={lock.error} />}
      <dl className="field-rows">
        {fields.map(({ field, value, filled, unique }) => {
          const label = fieldName(t, field, dataType);
          const locked = lockedFields.includes(field);
          return (
            <div key={field}>
              <dt>{label}</dt>
              <dd>
                <div>{filled ? value : <span className="muted">–</span>}</div>
                <Origin field={field} locked={locked} filled={filled} provenance={provenance} />
              </dd>
              {onLocks && (
                <dd className="field-row-actions">
                  {unique === true && filled && onRelease && (
                    <Button
                      size="small"
                      type="text"
                      aria-label={t('lock.releaseField', { field: label })}
                      onClick={() => setQuestion({ field, kind: 'release' })}
                    >
                      {t('lock.release')}
                    </Button>
                  )}
                  <Button
                    size="small"
                    type="text"
                    aria-label={t(locked ? 'lock.unlockField' : 'lock.lockField', { field: label })}
                    loading={lock.isPending && lock.variables === field}
                    onClick={() => press(field, locked)}
                  >
                    {t(locked ? 'lock.unlock' : 'lock.lock')}
                  </Button>
                </dd>
              )}
            </div>
          );
        })}
      </dl>
      <ConfirmDialog
        open={question !== undefined}
        title={t(title, { field: name })}
        confirm={t(confirm)}
        danger={question?.kind === 'release'}
        busy={asked.isPending}
        error={asked.error}
        onConfirm={() => question && asked.mutate(question)}
        onClose={() => {
          asked.reset();
          setQuestion(undefined);
        }}
      >
        <p>{t(help, { field: name })}</p>
      </ConfirmDialog>
    </>
  );
}

/** Who set a field: a hand that locked it, or the source that won it. */
function Origin(props: {
  field: string;
  locked: boolean;
  filled: boolean;
  provenance: User['provenance'];
}): ReactElement | null {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  if (props.locked) {
    return (
      <span className="mark" title={t('lock.lockedHelp')}>
        {t('lock.lockedMark')}
      </span>
    );
  }
  const origin = props.provenance[props.field === 'status' ? 'isDisabled' : props.field];
  if (!origin || !props.filled) return null;
  return (
    <small className="muted">
      {t('link.from', { source: labelOf(origin.source) })}
      {origin.taskId !== null && (
        <>
          {' · '}
          <TaskLink id={origin.taskId} />
        </>
      )}
    </small>
  );
}
