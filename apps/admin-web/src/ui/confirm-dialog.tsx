import { Modal } from 'antd';
import { type ReactElement, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './problem-notice';
import { useReturnFocus } from './use-return-focus';
import { useSingle } from './use-single';

interface ConfirmDialogProps {
  open: boolean;
  /** The question. */
  title: string;
  /** What happens then. */
  children: ReactNode;
  /** The verb of the button, never just "OK". */
  confirm: string;
  /** The way out, where "Cancel" would be the verb itself. */
  close?: string;
  danger?: boolean;
  busy: boolean;
  disabled?: boolean;
  /** Why the last try was refused. */
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot simply be taken back. A refusal shows where the question stands. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { t } = useTranslation();
  useReturnFocus(props.open);
  const text = useId();
  const isFirst = useSingle(props.busy);
  return (
    <Modal
      open={props.open}
      title={props.title}
      aria-describedby={text}
      okText={props.confirm}
      okButtonProps={{ danger: props.danger === true, disabled: props.disabled === true }}
      cancelText={props.close ?? t('dialog.cancel')}
      confirmLoading={props.busy}
      // The second click of a double click on what opened it lands there.
      mask={{ closable: false }}
      onOk={() => {
        if (isFirst()) props.onConfirm();
      }}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <div id={text} className="dialog-text">
        {props.children}
        {props.error != null && <ProblemNotice error={props.error} />}
      </div>
    </Modal>
  );
}
