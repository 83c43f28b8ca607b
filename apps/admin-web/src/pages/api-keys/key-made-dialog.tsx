import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewApiKey } from '../../api/types';
import { SERVICE_ADDRESS } from '../../config';
import { Command } from '../../ui/command';
import { pushCommand } from '../../ui/push-command';
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
  return (
    <SecretOnce
      title={t('apiKeys.madeTitle')}
      secret={made && { label: t('apiKeys.theKey', { name: made.name }), text: made.key }}
      help={t('apiKeys.madeText')}
      done={t('apiKeys.madeDone')}
      onClose={onClose}
    >
      {made?.scopes.includes('push') && (
        <div className="dialog-text key-push">
          <p>{t('apiKeys.pushText')}</p>
          <Command
            label={t('pushCommand.label')}
            text={pushCommand({ address: SERVICE_ADDRESS, key: made.key, nickname: t('pushCommand.nickname') })}
          />
        </div>
      )}
    </SecretOnce>
  );
}
