import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateSource } from '../../api/sources';
import type { Source } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';

/** On and off, each with what it means before it happens. */
export function SwitchSource({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { enabled, displayName: name } = source;
  const change = useMutation({
    mutationFn: () => updateSource(source.id, { enabled: !enabled }),
    onSuccess: (now) => {
      setAsking(false);
      announce(t(now.enabled ? 'sourceSwitch.isOn' : 'sourceSwitch.isOff', { name }));
    },
  });
  return (
    <>
      <Button
        type={enabled ? 'default' : 'primary'}
        onClick={() => {
          change.reset();
          setAsking(true);
        }}
      >
        {t(enabled ? 'sourceSwitch.off' : 'sourceSwitch.on')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t(enabled ? 'sourceSwitch.offTitle' : 'sourceSwitch.onTitle', { name })}
        confirm={t(enabled ? 'sourceSwitch.off' : 'sourceSwitch.on')}
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t(enabled ? 'sourceSwitch.offText' : 'sourceSwitch.onText')}</p>
      </ConfirmDialog>
    </>
  );
}
