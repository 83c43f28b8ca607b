import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { checkTarget, createTarget } from '../../api/targets';
import { AdapterFormFrame } from '../../ui/adapter-form';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useDraft } from '../../ui/use-draft';
import type { TargetAdapter } from './target-adapters';
import { EMPTY_DRAFT, PLACES, settingsOf, type TargetDraft, wrongLimits } from './target-draft';
import { TargetFields } from './target-fields';

interface NewTarget extends TargetDraft {
  name: string;
  enabled: boolean;
}

const EMPTY: NewTarget = { ...EMPTY_DRAFT, name: '', enabled: true };

export function NewTargetForm({ adapter }: { adapter: TargetAdapter }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft, forget] = useDraft<NewTarget>(`target/new/${adapter.id}`, EMPTY);
  const remote = adapter.capabilities.remote === true;
  const settings = { ...settingsOf(draft, remote), name: draft.name };
  const form = useAdapterForm({
    settings,
    check: () => checkTarget(adapter.id, draft.options),
    save: async () => {
      const { name, enabled } = draft;
      const target = await createTarget({ ...settings, name: name.trim(), type: adapter.id, enabled });
      forget();
      await navigate({ to: '/targets/$targetId', params: { targetId: target.id } });
    },
    wrongNumbers: wrongLimits(draft, remote),
    places: ['/name', ...PLACES],
  });
  const nameError = form.errors.find(({ pointer }) => pointer === '/name');
  return (
    <AdapterFormFrame form={form} className="card card-padded target-form" submit={t('targets.add')}>
      <div className="form-field">
        <div className="form-label">
          <label htmlFor="target-name">{t('targetForm.name')}</label>
          <small className="muted">{t('targetForm.required')}</small>
        </div>
        <p id="target-name-help" className="form-help">
          {t('targetForm.nameHelp')}
        </p>
        <input
          id="target-name"
          className="form-input"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-required
          aria-invalid={nameError !== undefined}
          aria-describedby="target-name-help target-name-error"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <div id="target-name-error" className="form-errors" aria-live="polite">
          {nameError && t(nameError.code === 'unique' ? 'targetForm.nameTaken' : 'targetForm.nameWrong')}
        </div>
      </div>
      <TargetFields
        adapter={adapter}
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        form={form}
      />
      <div className="form-check">
        <input
          id="target-enabled"
          type="checkbox"
          aria-describedby="target-enabled-help"
          checked={draft.enabled}
          onChange={(event) => setDraft({ ...draft, enabled: event.target.checked })}
        />
        <div>
          <label htmlFor="target-enabled">{t('targetForm.enabled')}</label>
          <p id="target-enabled-help" className="form-help">
            {t('targetForm.review')}
          </p>
        </div>
      </div>
    </AdapterFormFrame>
  );
}
