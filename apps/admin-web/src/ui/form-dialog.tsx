import { Button, Modal } from 'antd';
import { type ReactElement, type ReactNode, type SubmitEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './problem-notice';
import { useReturnFocus } from './use-return-focus';

interface FormDialogProps {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The verb of the button. */
  submit: string;
  busy: boolean;
  /** Why the last try was refused; what is wrong with a field shows there. */
  error: unknown;
  onSubmit: () => void;
  onClose: () => void;
}

/** A short form in front of the page. A click beside it does not throw away what was typed. */
export function FormDialog(props: FormDialogProps): ReactElement {
  const { t } = useTranslation();
  useReturnFocus(props.open);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // The dialog itself would put the focus on its closing button. Who was faster, and is in a field already, stays there.
  const focusFirst = (open: boolean): void => {
    if (!open || form.current?.contains(document.activeElement)) return;
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!props.busy) props.onSubmit();
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      mask={{ closable: false }}
      onCancel={props.onClose}
      afterOpenChange={focusFirst}
      destroyOnHidden
      footer={
        <>
          <Button onClick={props.onClose}>{t('dialog.cancel')}</Button>
          <Button type="primary" htmlType="submit" form={id} loading={props.busy}>
            {props.submit}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} className="form" noValidate onSubmit={onSubmit}>
        {props.children}
        {props.error != null && <ProblemNotice error={props.error} />}
      </form>
    </Modal>
  );
}
