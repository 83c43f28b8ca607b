import { Button } from 'antd';
import { type ReactElement, type SubmitEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { checkTarget, updateTarget } from '../../api/targets';
import type { Target } from '../../api/types';
import { announce } from '../../ui/announcer';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useDraft } from '../../ui/use-draft';
import { useFocusWrong } from '../../ui/use-focus-wrong';
import { useMay } from '../../ui/use-may';
import type { TargetAdapter } from './target-adapters';
import { CheckAnswer } from './check-answer';
import { draftOf, PLACES, settingsOf, type TargetDraft, wrongLimits } from './target-draft';
import { TargetFields } from './target-fields';

interface TargetSettingsFormProps {
  target: Target;
  adapter: TargetAdapter;
}

/** What a target was set to, to be changed. What others do to it meanwhile does not take away what is being typed. */
export function TargetSettingsForm({ target, adapter }: TargetSettingsFormProps): ReactElement {
  const { t } = useTranslation();
  const isAdmin = useMay('admin');
  const stored = useMemo(() => draftOf(target), [target]);
  const [edited, setEdited, forget] = useDraft<TargetDraft | null>(`target/${target.id}`, null);
  const draft = edited ?? stored;
  const remote = adapter.capabilities.remote === true;
  const form = useAdapterForm({
    options: draft.options,
    check: () => checkTarget(adapter.id, draft.options, target.id),
    save: async () => {
      await updateTarget(target.id, settingsOf(draft, remote));
      setEdited(null);
      forget();
      announce(t('targetForm.saved'));
    },
    wrongNumbers: wrongLimits(draft, remote),
    places: PLACES,
  });
  const ref = useFocusWrong(form.errors);
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!form.saving) form.save();
  };
  return (
    <form ref={ref} className="target-form" noValidate onSubmit={onSubmit}>
      <TargetFields
        adapter={adapter}
        draft={draft}
        onChange={setEdited}
        errors={form.errors}
        secretsSet={target.secretsSet}
        disabled={!isAdmin}
      />
      {isAdmin && edited?.sources !== undefined && drops(target.sources, draft.sources) && (
        <Notice kind="warning">{t('targetForm.sourceDropped')}</Notice>
      )}
      {form.answer && <CheckAnswer answer={form.answer} />}
      {form.checkProblem !== undefined && <ProblemNotice error={form.checkProblem} />}
      {form.saveProblem !== undefined && <ProblemNotice error={form.saveProblem} />}
      {isAdmin && (
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={form.saving} disabled={edited === null}>
            {t('dialog.save')}
          </Button>
          {adapter.capabilities.check && (
            <Button loading={form.checking} onClick={form.check}>
              {t('targetForm.check')}
            </Button>
          )}
          {edited !== null && (
            <Button
              type="text"
              onClick={() => {
                setEdited(null);
                forget();
              }}
            >
              {t('targetForm.discard')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

/** Some source that may belong to the target does not belong to it afterwards. */
function drops(before: number[] | null, after: number[] | null): boolean {
  if (after === null) return false;
  return before === null || before.some((id) => !after.includes(id));
}
