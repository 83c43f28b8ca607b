import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteTarget, forgetTarget } from '../../api/targets';
import type { Target } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';

/** The end of a target, which is not the end of what is there. */
export function DeleteTarget({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const deletion = useMutation({
    mutationFn: () => deleteTarget(target.id),
    onSuccess: async () => {
      await navigate({ to: '/targets' });
      forgetTarget(target.id);
      announce(t('targetDelete.done', { name: target.name }));
    },
  });
  return (
    <section className="card card-padded target-delete" aria-labelledby="target-delete">
      <div>
        <h2 id="target-delete">{t('targetDelete.title')}</h2>
        <p className="muted">{t('targetDelete.short')}</p>
      </div>
      <Button
        danger
        onClick={() => {
          deletion.reset();
          setAsking(true);
        }}
      >
        {t('targetDelete.open')}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={t('targetDelete.question', { name: target.name })}
        confirm={t('targetDelete.confirm')}
        busy={deletion.isPending}
        error={deletion.error}
        onConfirm={() => deletion.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('targetDelete.stays')}</p>
        <p>{t('targetDelete.forgotten')}</p>
      </ConfirmDialog>
    </section>
  );
}
