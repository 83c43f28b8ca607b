import { useQuery } from '@tanstack/react-query';
import { Modal, Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error';
import { detailsKey, rawRecords } from '../../api/task-details';
import type { Change, Task } from '../../api/types';
import { Command } from '../../ui/command';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';
import { useReturnFocus } from '../../ui/use-return-focus';
import { useChangeMessage } from './change-message';
import { keyOf } from './change-list';

interface RawRecordDialogProps {
  task: Task;
  change: Change;
  onClose: () => void;
}

/** One record exactly as the source sent it. */
export function RawRecordDialog({ task, change, onClose }: RawRecordDialogProps): ReactElement {
  const { t } = useTranslation();
  useReturnFocus(true);
  const message = useChangeMessage()(change);
  const records = useQuery({
    queryKey: [...detailsKey(task.id), 'raw', keyOf(change)],
    queryFn: () => rawRecords(task.id, change),
    // What was received does not change, and each look is noted in the audit log.
    staleTime: 'static',
  });
  const text = records.data?.map((record) => JSON.stringify(record, null, 2)).join('\n\n');
  const gone = records.error instanceof ApiError && records.error.status === 404;
  return (
    <Modal
      open
      title={t('rawRecord.titleOf', { uid: change.uid ?? t('taskChange.noUid') })}
      footer={null}
      onCancel={onClose}
      width={720}
      destroyOnHidden
    >
      <div className="dialog-text">
        <p className="muted">{t('rawRecord.text')}</p>
        {message !== undefined && <Notice kind="warning">{message}</Notice>}
        {records.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
        {gone && <Notice kind="info">{t('rawRecord.none')}</Notice>}
        {records.isError && !gone && <ProblemNotice error={records.error} onRetry={() => void records.refetch()} />}
        {text !== undefined && <Command label={t('rawRecord.title')} text={text} />}
      </div>
    </Modal>
  );
}
