import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkSource, createSource } from '../../api/sources';
import { AdapterFormFrame } from '../../ui/adapter-form';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useDraft } from '../../ui/use-draft';
import { AdapterReadme } from '../../ui/adapter-readme';
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
  const settings = { ...settingsOf(draft), name: draft.name };
  const form = useAdapterForm({
    settings,
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
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      )}
    </Line>
  );
  return (
    <AdapterFormFrame form={form} className="source-form" submit={t('sources.add')}>
      <AdapterReadme kind="source" type={adapter.id} />
      <SourceFields
        adapter={adapter}
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        form={form}
        name={name}
      />
    </AdapterFormFrame>
  );
}
