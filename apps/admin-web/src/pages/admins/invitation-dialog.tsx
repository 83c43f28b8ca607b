import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format';
import { SecretOnce } from '../../ui/secret-once';
import type { LinkFor } from './admin-action';

interface InvitationDialogProps {
  /** Undefined: closed. */
  link: LinkFor | undefined;
  /** The link is forgotten. */
  onClose: () => void;
}

/** The one-time link, once. */
export function InvitationDialog({ link, onClose }: InvitationDialogProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <SecretOnce
      title={t('admins.linkTitle', { username: link?.username })}
      secret={
        link && {
          label: t('admins.theLink', { username: link.username }),
          text: link.invitation.link,
        }
      }
      help={link && t('admins.linkText', { time: formats.moment(link.invitation.expiresAt) })}
      done={t('admins.linkDone')}
      onClose={onClose}
    />
  );
}
