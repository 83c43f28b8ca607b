import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client';
import { checkStoredTarget, targetQuery, updateTarget } from '../../api/targets';
import type { Target } from '../../api/types';
import { AdapterFormFrame } from '../../ui/adapter-form';
import { announce } from '../../ui/announcer';
import { keptSecrets, tellingLost } from '../../ui/kept-secrets';
import { differing } from '../../ui/merge-edits';
import { Notice } from '../../ui/notice';
import { SecretsGo } from '../../ui/secrets-go';
import { SettingsMovedOn } from '../../ui/settings-moved-on';
import { useAdapterForm } from '../../ui/use-adapter-form';
import { useEdited } from '../../ui/use-edited';
import { useMay } from '../../ui/use-may';
import type { TargetAdapter } from './target-adapters';
import { draftOf, PLACES, settingsOf, wrongLimits } from './target-draft';
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
  const { draft, isEdited, change, over, settle, meet, met, round } = useEdited(`target/${target.id}`, stored);
  const remote = adapter.capabilities.remote === true;
  const { secretsSet } = target;
  const kept = keptSecrets(adapter.configSchema, { before: stored.options, now: draft.options, secretsSet });
  const secrets = { secretsSet, kept };
  const form = useAdapterForm({
    settings: settingsOf(draft, remote),
    check: () => checkStoredTarget(target.id, isEdited ? tellingLost(draft, secrets).options : undefined),
    save: async () => {
      const now = draftOf(await queryClient.query({ ...targetQuery(target.id), staleTime: 0 }));
      if (meet(now)) return;
      await updateTarget(
        target.id,
        differing(settingsOf(now, remote), settingsOf(tellingLost(over(now), secrets), remote)),
      );
      settle();
      announce(t('targetForm.saved'));
    },
    wrongNumbers: wrongLimits(draft, remote),
    places: PLACES,
  });
  return (
    <AdapterFormFrame
      form={form}
      className="target-form"
      submit={isAdmin ? t('dialog.save') : undefined}
      unchanged={!isEdited}
      onDiscard={settle}
    >
      <TargetFields
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
      {isAdmin && isEdited && drops(target.sources, draft.sources) && (
        <Notice kind="warning">{t('targetForm.sourceDropped')}</Notice>
      )}
    </AdapterFormFrame>
  );
}

/** Some source that may belong to the target does not belong to it afterwards. */
function drops(before: number[] | null, after: number[] | null): boolean {
  if (after === null) return false;
  return before === null || before.some((id) => !after.includes(id));
}
