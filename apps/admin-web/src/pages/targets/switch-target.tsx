import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateTarget } from '../../api/targets';
import type { Target } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';

/** On and off, each with what it means before it happens. */
export function SwitchTarget({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const change = useMutation({
    mutationFn: () => updateTarget(target.id, { enabled: !target.enabled }),
    onSuccess: ({ enabled }) => {
      setAsking(false);
      announce(t(enabled ? 'targetSwitch.isOn' : 'targetSwitch.isOff', { name: target.name }));
    },
  });
  const { enabled, name } = target;
  return (
    <>
      <Button
        type={enabled ? 'default' : 'primary'}
        onClick={() => {
          change.reset();
          setAsking(true);
        }}
      >
        {t(enabled ? 'targetSwitch.off' : 'targetSwitch.on')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t(enabled ? 'targetSwitch.offTitle' : 'targetSwitch.onTitle', { name })}
        confirm={t(enabled ? 'targetSwitch.off' : 'targetSwitch.on')}
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t(enabled ? 'targetSwitch.offText' : 'targetForm.review')}</p>
      </ConfirmDialog>
    </>
  );
}
