import { Button, Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format';
import { withUsername } from '../../invitation-link';
import { SecretOnce } from '../../ui/secret-once';
import type { LinkFor } from './admin-action';

interface InvitationDialogProps {
  /** Undefined: closed. */
  link: LinkFor | undefined;
  /** The link is forgotten. */
  onClose: () => void;
}

/** The one-time link, once. It closes by its button alone. */
export function InvitationDialog({ link, onClose }: InvitationDialogProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Modal
      open={link !== undefined}
      title={t('admins.linkTitle', { username: link?.username })}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          {t('admins.linkDone')}
        </Button>
      }
    >
      {link && (
        <SecretOnce
          label={t('admins.theLink', { username: link.username })}
          secret={withUsername(link.invitation.link, link.username)}
        >
          <p>{t('admins.linkText', { time: formats.moment(link.invitation.expiresAt) })}</p>
        </SecretOnce>
      )}
    </Modal>
  );
}
