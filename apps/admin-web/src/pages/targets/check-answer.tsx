import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../../api/types';
import { localText } from '../../i18n/note-text';
import { Notice } from '../../ui/notice';

/** What trying the connection found. */
export function CheckAnswer({ answer }: { answer: CheckResult }): ReactElement {
  const { t, i18n } = useTranslation();
  return (
    <Notice kind={answer.ok ? 'good' : 'error'} title={t(answer.ok ? 'targetForm.checkGood' : 'targetForm.checkBad')}>
      {localText(i18n.language, answer.message, answer.texts)}
    </Notice>
  );
}
