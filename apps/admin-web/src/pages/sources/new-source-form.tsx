import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkSource, createSource } from '../../api/sources';
import { ProblemNotice } from '../../ui/problem-notice';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useDraft } from '../../ui/use-draft';
import { useFocusWrong } from '../../ui/use-focus-wrong';
import { AdapterReadme } from './adapter-readme';
import { Line } from './fields';
import type { SourceAdapter } from './source-adapter';
import { EMPTY_DRAFT, PLACES, settingsOf, type SourceDraft, wrongNumbers } from './source-draft';
import { SourceFields } from './source-fields';

interface NewSource extends SourceDraft {
  name: string;
}

interface NewSourceFormProps {
  adapter: SourceAdapter;
  /** What it is called at first. */
  name: string;
}

export function NewSourceForm({ adapter, name: proposed }: NewSourceFormProps): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // The same object each time, so that nothing counts as typed.
  const [empty] = useState<NewSource>({ ...EMPTY_DRAFT, name: proposed });
  const [draft, setDraft, forget] = useDraft<NewSource>(`source/new/${adapter.id}`, empty);
  const form = useAdapterForm({
    options: draft.options,
    check: () => checkSource(adapter.id, draft.options),
    save: async () => {
      const source = await createSource({ ...settingsOf(draft), name: draft.name.trim(), type: adapter.id });
      forget();
      await navigate({ to: '/sources/$sourceId', params: { sourceId: source.id } });
    },
    wrongNumbers: wrongNumbers(draft),
    places: ['/name', ...PLACES],
  });
  const nameError = form.errors.find(({ pointer }) => pointer === '/name');
  const ref = useFocusWrong(form.errors);
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!form.saving) form.save();
  };
  const name = (
    <Line
      id="source-name"
      label={t('sourceForm.name')}
      help={t('sourceForm.nameHelp')}
      error={nameError && t(nameError.code === 'unique' ? 'sourceForm.nameTaken' : 'sourceForm.nameWrong')}
      required
    >
      {(attributes) => (
        <input
          {...attributes}
          className="form-input"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={63}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      )}
    </Line>
  );
  return (
    <form ref={ref} className="source-form" noValidate onSubmit={onSubmit}>
      <AdapterReadme type={adapter.id} />
      <SourceFields
        adapter={adapter}
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        errors={form.errors}
        answer={form.answer}
        checking={form.checking}
        checkProblem={form.checkProblem}
        onCheck={form.check}
        name={name}
      />
      {form.saveProblem !== undefined && <ProblemNotice error={form.saveProblem} />}
      <div className="source-form-end">
        <Button type="primary" htmlType="submit" loading={form.saving}>
          {t('sources.add')}
        </Button>
        {form.errors.length > 0 && <span className="form-errors">{t('sourceForm.lookAbove')}</span>}
      </div>
    </form>
  );
}
