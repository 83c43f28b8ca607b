import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client';
import { checkSource, sourceQuery, updateSource } from '../../api/sources';
import type { Source } from '../../api/types';
import { AdapterFormFrame } from '../../ui/adapter-form';
import { announce } from '../../ui/announcer';
import { keptSecrets, tellingLost } from '../../ui/kept-secrets';
import { Notice } from '../../ui/notice';
import { differing } from '../../ui/merge-edits';
import { SecretsGo } from '../../ui/secrets-go';
import { SettingsMovedOn } from '../../ui/settings-moved-on';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useEdited } from '../../ui/use-edited';
import { useMay } from '../../ui/use-may';
import type { SourceAdapter } from './source-adapter';
import { draftOf, PLACES, settingsOf, wrongNumbers } from './source-draft';
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
  const { draft, isEdited, change, over, settle, meet, met, round } = useEdited(`source/${source.id}`, stored);
  const [lost, setLost] = useState<string[]>([]);
  const { secretsSet } = source;
  const kept = keptSecrets(adapter.configSchema, { before: stored.options, now: draft.options, secretsSet });
  const secrets = { secretsSet, kept };
  const form = useAdapterForm({
    settings: settingsOf(draft, source.name),
    check: () => checkSource(adapter.id, tellingLost(draft, secrets).options, source.id),
    save: async () => {
      const now = draftOf(await queryClient.query({ ...sourceQuery(source.id), staleTime: 0 }));
      if (meet(now)) return;
      const saved = await updateSource(
        source.id,
        differing(settingsOf(now), settingsOf(tellingLost(over(now), secrets), source.name)),
      );
      const cleared = Object.keys(draft.options).filter((name) => draft.options[name] === null);
      setLost(source.secretsSet.filter((name) => !saved.secretsSet.includes(name) && !cleared.includes(name)));
      settle();
      announce(t('sourceForm.saved'));
    },
    wrongNumbers: wrongNumbers(draft),
    places: PLACES,
  });
  return (
    <AdapterFormFrame
      form={form}
      className="source-form"
      submit={isAdmin ? t('dialog.save') : undefined}
      unchanged={!isEdited}
      onDiscard={settle}
    >
      <SourceFields
        key={round}
        adapter={adapter}
        draft={draft}
        onChange={change}
        form={form}
        secretsSet={kept}
        disabled={!isAdmin}
      />
      {met && <SettingsMovedOn />}
      <SecretsGo secretsSet={secretsSet} kept={kept} options={draft.options} />
      {lost.length > 0 && <Notice kind="warning">{t('sourceForm.secretsLost')}</Notice>}
    </AdapterFormFrame>
  );
}
