import { Button } from 'antd';
import type { ReactElement, ReactNode, SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from './notice';
import { ProblemNotice } from './problem-notice';
import type { AdapterForm } from './use-adapter-form';
import { useFocusWrong } from './use-focus-wrong';
import './adapter-form.css';

interface AdapterFormFrameProps {
  form: AdapterForm;
  className: string;
  /** The verb of the button. Undefined: nobody here may save. */
  submit: string | undefined;
  /** There is nothing to save. */
  unchanged?: boolean;
  /** Gives up what was typed. */
  onDiscard?: () => void;
  children: ReactNode;
}

/** What is around the settings of every source and target: they are saved together, and what is wrong takes the focus. */
export function AdapterFormFrame(props: AdapterFormFrameProps): ReactElement {
  const { form, className, submit, unchanged = false, onDiscard, children } = props;
  const { t } = useTranslation();
  const ref = useFocusWrong(form.found);
  // Who looks at the head of a long page, or comes back to it, has to see that what is typed does not count yet.
  const isUnsaved = !unchanged && onDiscard !== undefined;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!form.saving && !unchanged) form.save();
  };
  return (
    <form ref={ref} className={`adapter-form ${className}`} noValidate tabIndex={-1} onSubmit={onSubmit}>
      {submit === undefined && <Notice kind="info">{t('adapterForm.adminsOnly')}</Notice>}
      {children}
      {submit !== undefined && (
        <div className="adapter-form-end" data-unsaved={isUnsaved || undefined}>
          {/* Beside the button: the end of a long form may be far below the window. */}
          {form.saveProblem !== undefined && <ProblemNotice error={form.saveProblem} />}
          {/* Just saved it keeps the focus, which it could not if it were disabled. */}
          <Button
            type="primary"
            htmlType="submit"
            loading={form.saving}
            disabled={unchanged && !form.saved}
            aria-disabled={unchanged}
          >
            {submit}
          </Button>
          {isUnsaved && (
            <>
              <Button
                onClick={() => {
                  form.forget();
                  onDiscard();
                  // The button goes, and the focus would begin at the head of the page again.
                  ref.current?.focus({ preventScroll: true });
                }}
              >
                {t('adapterForm.discard')}
              </Button>
              <span className="muted">{t('adapterForm.unsaved')}</span>
            </>
          )}
          {/* The screen reader is told which one. */}
          {unchanged && form.saved && (
            <span className="muted" aria-hidden="true">
              {t('adapterForm.saved')}
            </span>
          )}
          {form.errors.length > 0 && <span className="form-errors">{t('adapterForm.lookAbove')}</span>}
        </div>
      )}
    </form>
  );
}
