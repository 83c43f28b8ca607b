import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API_KEYS, revokeApiKey } from '../../api/api-keys';
import type { ApiKey } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';

interface RevokeDialogProps {
  /** Undefined: closed. */
  apiKey: ApiKey | undefined;
  onClose: () => void;
}

export function RevokeDialog({ apiKey, onClose }: RevokeDialogProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  // Goes on showing while the dialog closes.
  const [shown, setShown] = useState(apiKey);
  if (apiKey && apiKey !== shown) setShown(apiKey);
  const revoke = useMutation({
    mutationFn: revokeApiKey,
    onSuccess: () => {
      announce(t('apiKeys.revoked', { name: shown?.name }));
      onClose();
      void client.invalidateQueries({ queryKey: API_KEYS });
    },
  });
  const close = (): void => {
    revoke.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      open={apiKey !== undefined}
      title={t('apiKeys.revokeTitle', { name: shown?.name })}
      confirm={t('apiKeys.revokeConfirm')}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => shown && revoke.mutate(shown.id)}
      onClose={close}
    >
      <p>{t('apiKeys.revokeText')}</p>
      <p>
        {shown?.lastUsedAt
          ? t('apiKeys.revokeLastUsed', { time: formats.moment(shown.lastUsedAt) })
          : t('apiKeys.revokeUnused')}
      </p>
    </ConfirmDialog>
  );
}
