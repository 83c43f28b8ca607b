import { Button } from 'antd';
import { type ReactElement, type SubmitEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkSource, updateSource } from '../../api/sources';
import type { Source } from '../../api/types';
import { announce } from '../../ui/announcer';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useDraft } from '../../ui/use-draft';
import { useFocusWrong } from '../../ui/use-focus-wrong';
import { useMay } from '../../ui/use-may';
import type { SourceAdapter } from './source-adapter';
import { draftOf, PLACES, settingsOf, type SourceDraft, wrongNumbers } from './source-draft';
import { SourceFields } from './source-fields';

interface SourceSettingsFormProps {
  source: Source;
  adapter: SourceAdapter;
}

/** What a source was set to, to be changed. What others do to it meanwhile does not take away what is being typed. */
export function SourceSettingsForm({ source, adapter }: SourceSettingsFormProps): ReactElement {
  const { t } = useTranslation();
  const isAdmin = useMay('admin');
  const stored = useMemo(() => draftOf(source), [source]);
  const [edited, setEdited, forget] = useDraft<SourceDraft | null>(`source/${source.id}`, null);
  // Fields that keep what is typed as text begin anew once it is saved or given up.
  const [round, setRound] = useState(0);
  const [lost, setLost] = useState<string[]>([]);
  const draft = edited ?? stored;
  const settled = (): void => {
    setEdited(null);
    forget();
    setRound(round + 1);
  };
  const form = useAdapterForm({
    options: draft.options,
    check: () => checkSource(adapter.id, draft.options, source.id),
    save: async () => {
      const saved = await updateSource(source.id, settingsOf(draft));
      const cleared = Object.keys(draft.options).filter((name) => draft.options[name] === null);
      setLost(source.secretsSet.filter((name) => !saved.secretsSet.includes(name) && !cleared.includes(name)));
      settled();
      announce(t('sourceForm.saved'));
    },
    wrongNumbers: wrongNumbers(draft),
    places: PLACES,
  });
  const ref = useFocusWrong(form.errors);
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!form.saving) form.save();
  };
  return (
    <form ref={ref} className="source-form" noValidate onSubmit={onSubmit}>
      <SourceFields
        key={round}
        adapter={adapter}
        draft={draft}
        onChange={setEdited}
        errors={form.errors}
        answer={form.answer}
        checking={form.checking}
        checkProblem={form.checkProblem}
        onCheck={isAdmin ? form.check : undefined}
        secretsSet={source.secretsSet}
        disabled={!isAdmin}
      />
      {lost.length > 0 && <Notice kind="warning">{t('sourceForm.secretsLost')}</Notice>}
      {form.saveProblem !== undefined && <ProblemNotice error={form.saveProblem} />}
      {isAdmin && (
        <div className="source-form-end">
          <Button type="primary" htmlType="submit" loading={form.saving} disabled={edited === null}>
            {t('dialog.save')}
          </Button>
          {edited !== null && <Button onClick={settled}>{t('sourceForm.discard')}</Button>}
          {form.errors.length > 0 && <span className="form-errors">{t('sourceForm.lookAbove')}</span>}
        </div>
      )}
    </form>
  );
}
