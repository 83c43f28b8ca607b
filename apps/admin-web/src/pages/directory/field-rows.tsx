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

interface FieldRowsProps {
  dataType: DataType;
  fields: FieldOfResource[];
  lockedFields: readonly string[];
  provenance: User['provenance'];
  /** Who may not write sees no buttons. */
  onLocks?: ((lockedFields: string[]) => Promise<unknown>) | undefined;
  onRelease?: ((field: string) => Promise<unknown>) | undefined;
}

/** The fields of a user or a department: what stands there, who says so, and whether syncs may change it. */
export function FieldRows(props: FieldRowsProps): ReactElement {
  const { dataType, fields, lockedFields, provenance, onLocks, onRelease } = props;
  const { t } = useTranslation();
  const [question, setQuestion] = useState<{ field: string; kind: 'unlock' | 'release' }>();
  const name = question ? fieldName(t, question.field, dataType) : '';

  const lock = useMutation({
    mutationFn: (field: string) => onLocks?.([...lockedFields, field]) ?? Promise.resolve(),
    onSuccess: (_, field) => announce(t('lock.locked', { field: fieldName(t, field, dataType) })),
  });
  const letGo = useMutation({
    mutationFn: ({ field, kind }: { field: string; kind: 'unlock' | 'release' }) =>
      (kind === 'unlock' ? onLocks?.(lockedFields.filter((other) => other !== field)) : onRelease?.(field)) ??
      Promise.resolve(),
    onSuccess: (_, { field, kind }) => {
      setQuestion(undefined);
      announce(t(kind === 'unlock' ? 'lock.unlocked' : 'lock.released', { field: fieldName(t, field, dataType) }));
    },
  });

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
                    onClick={() => (locked ? setQuestion({ field, kind: 'unlock' }) : lock.mutate(field))}
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
        title={t(question?.kind === 'release' ? 'lock.releaseTitle' : 'lock.unlockTitle', { field: name })}
        confirm={t(question?.kind === 'release' ? 'lock.release' : 'lock.unlock')}
        danger={question?.kind === 'release'}
        busy={letGo.isPending}
        error={letGo.error}
        onConfirm={() => question && letGo.mutate(question)}
        onClose={() => {
          letGo.reset();
          setQuestion(undefined);
        }}
      >
        <p>{t(question?.kind === 'release' ? 'lock.releaseHelp' : 'lock.unlockHelp', { field: name })}</p>
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
