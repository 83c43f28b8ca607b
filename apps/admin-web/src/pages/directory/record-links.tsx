import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataType, RecordLink } from '../../api/types';
import { unlinkRecord } from '../../api/users';
import { useFormats } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { TaskLink } from '../../ui/task-link';
import { useIsSourceDeleted, useSourceLabel } from '../../ui/use-source-label';
import { useMay } from '../../ui/use-may';

interface RecordLinksProps {
  links: readonly RecordLink[];
  /** What they stand for. */
  dataType: DataType;
  onChanged: () => Promise<void>;
}

/** The records behind a user or a department: which source says so, under which uid, with which task last. */
export function RecordLinks({ links, dataType, onChanged }: RecordLinksProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const labelOf = useSourceLabel();
  const isSourceDeleted = useIsSourceDeleted();
  const isAdmin = useMay('admin');
  const [asked, setAsked] = useState<RecordLink>();
  const unlink = useMutation({
    mutationFn: (link: RecordLink) => unlinkRecord(link.id),
    onSuccess: async (_, link) => {
      setAsked(undefined);
      announce(t('link.unlinked', { uid: link.uid }));
      await onChanged();
    },
  });
  if (links.length === 0) return <p className="muted card-note">{t('link.none')}</p>;
  return (
    <>
      <ul className="side-list">
        {links.map((link) => (
          <li key={link.id}>
            <div>
              <strong>{link.source === null ? t('link.sourceGone') : labelOf(link.source)}</strong>{' '}
              <code className="value">{link.uid}</code>
              {link.source !== null && isSourceDeleted(link.source) && (
                <small className="muted">{t('link.sourceGone')}</small>
              )}
              <small className="muted">
                {link.taskId !== null && <TaskLink id={link.taskId} />}
                {link.taskId !== null && link.updatedAt !== null && ' · '}
                {link.updatedAt !== null && (
                  <time dateTime={link.updatedAt} title={formats.exactMoment(link.updatedAt)}>
                    {formats.moment(link.updatedAt)}
                  </time>
                )}
              </small>
            </div>
            {isAdmin && (
              <Button
                size="small"
                type="text"
                aria-label={t('link.unlinkRecord', { uid: link.uid })}
                onClick={() => setAsked(link)}
              >
                {t('link.unlink')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== undefined}
        title={t('link.unlinkTitle', { uid: asked?.uid ?? '' })}
        confirm={t('link.unlink')}
        danger
        busy={unlink.isPending}
        error={unlink.error}
        onConfirm={() => asked && unlink.mutate(asked)}
        onClose={() => {
          unlink.reset();
          setAsked(undefined);
        }}
      >
        <p>{t(dataType === 'user' ? 'link.unlinkHelp' : 'link.unlinkDepartmentHelp')}</p>
      </ConfirmDialog>
    </>
  );
}
