import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { localText } from '../i18n/note-text';
import { Notice } from './notice';
import { ProblemNotice } from './problem-notice';
import type { AdapterForm } from './use-adapter-form';
import './adapter-form.css';

/** Tries the options as they are typed, and says what that found. */
export function ConnectionCheck({ form }: { form: AdapterForm }): ReactElement {
  const { t, i18n } = useTranslation();
  const { answer, checking, checkProblem, check } = form;
  return (
    <div className="connection-check">
      <Button loading={checking} onClick={check}>
        {t('adapterForm.check')}
      </Button>
      {answer && (
        <Notice
          kind={answer.ok ? 'good' : 'error'}
          title={t(answer.ok ? 'adapterForm.checkGood' : 'adapterForm.checkBad')}
        >
          {localText(i18n.language, answer.message, answer.texts)}
        </Notice>
      )}
      {checkProblem !== undefined && <ProblemNotice error={checkProblem} />}
    </div>
  );
}
