import { Button, Modal } from 'antd';
import { type ReactElement, type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsOf } from './field-errors';
import { untold } from '../i18n/field-text';
import { hasUnchosen } from './lookup';
import { ProblemNotice } from './problem-notice';
import { useFocusWrong } from './use-focus-wrong';
import { useReturnFocus } from './use-return-focus';
import { useSingle } from './use-single';

interface FormDialogProps {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The verb of the button. */
  submit: string;
  busy: boolean;
  /** Why the last try was refused. */
  error: unknown;
  /** How the JSON pointers begin of the fields that tell themselves what is wrong with them. */
  places?: readonly string[];
  onSubmit: () => void;
  onClose: () => void;
}

const NO_PLACES: readonly string[] = [];

/** A short form in front of the page. Neither a click beside it nor Escape throws away what was typed. */
export function FormDialog(props: FormDialogProps): ReactElement {
  const { t } = useTranslation();
  useReturnFocus(props.open);
  const id = useId();
  const isFirst = useSingle(props.busy);
  const [tries, setTries] = useState(0);
  const [typed, setTyped] = useState(false);
  const form = useFocusWrong(errorsOf(props.error), tries);
  const problem = untold(props.error, props.places ?? NO_PLACES);
  // The dialog itself would put the focus on its closing button. Who was faster, and is in a field already, stays there.
  const focusFirst = (open: boolean): void => {
    setTyped(false);
    if (!open || form.current?.contains(document.activeElement)) return;
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isFirst()) return;
    if (!hasUnchosen(event.currentTarget)) props.onSubmit();
    setTries(tries + 1);
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      mask={{ closable: false }}
      keyboard={!typed}
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
      <form id={id} ref={form} className="form" noValidate onSubmit={onSubmit} onChange={() => setTyped(true)}>
        {props.children}
        {problem != null && <ProblemNotice error={problem} />}
      </form>
    </Modal>
  );
}
