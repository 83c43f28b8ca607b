import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../../api/types';
import { Notice } from '../../ui/notice';

/** What trying the connection found. */
export function CheckAnswer({ answer }: { answer: CheckResult }): ReactElement {
  const { t } = useTranslation();
  return (
    <Notice kind={answer.ok ? 'good' : 'error'} title={t(answer.ok ? 'targetForm.checkGood' : 'targetForm.checkBad')}>
      {answer.message}
    </Notice>
  );
}
