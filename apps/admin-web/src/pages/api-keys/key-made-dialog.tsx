import { Button, Modal } from 'antd';
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

/** The key, once. It closes by its button alone. */
export function KeyMadeDialog({ made, onClose }: KeyMadeDialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal
      open={made !== undefined}
      title={t('apiKeys.madeTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          {t('apiKeys.madeDone')}
        </Button>
      }
    >
      {made && (
        <SecretOnce label={t('apiKeys.theKey', { name: made.name })} secret={made.key}>
          <p>{t('apiKeys.madeText')}</p>
        </SecretOnce>
      )}
      {made?.scopes.includes('push') && (
        <div className="dialog-text key-push">
          <p>{t('apiKeys.pushText')}</p>
          <Command
            label={t('pushCommand.label')}
            text={pushCommand({ address: SERVICE_ADDRESS, key: made.key, nickname: t('pushCommand.nickname') })}
          />
        </div>
      )}
    </Modal>
  );
}
