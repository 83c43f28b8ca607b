import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { allSourcesQuery } from '../../api/all-sources';
import { BUILT_IN } from '../../api/built-in-source';
import type { NewApiKey } from '../../api/types';
import { SERVICE_ADDRESS } from '../../config';
import { Command } from '../../ui/command';
import { pushCommand, shownMatchKey } from '../../ui/push-command';
import { SecretOnce } from '../../ui/secret-once';

interface KeyMadeDialogProps {
  /** Undefined: closed. */
  made: NewApiKey | undefined;
  /** The key is forgotten. */
  onClose: () => void;
}

/** The key, once. */
export function KeyMadeDialog({ made, onClose }: KeyMadeDialogProps): ReactElement {
  const { t } = useTranslation();
  const { data: sources } = useQuery({ ...allSourcesQuery, enabled: made !== undefined });
  // What is bound to a source matches by the fields of that one; a push has to name them.
  const command = ({ key, source }: NewApiKey): string => {
    const bound = sources?.find(({ id, name }) => id === source?.id && name !== BUILT_IN);
    return pushCommand({
      address: SERVICE_ADDRESS,
      key,
      nickname: t('pushCommand.nickname'),
      matchKey: bound && shownMatchKey(bound.matchKey),
    });
  };
  return (
    <SecretOnce
      title={t('apiKeys.madeTitle')}
      secret={made && { label: t('apiKeys.theKey', { name: made.name }), text: made.key }}
      help={t('apiKeys.madeText')}
      done={t('apiKeys.madeDone')}
      onClose={onClose}
    >
      {made?.scopes.includes('push') && (
        <div className="dialog-text">
          <p>{t('apiKeys.pushText')}</p>
          <Command label={t('pushCommand.label')} text={command(made)} />
        </div>
      )}
    </SecretOnce>
  );
}
