import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteSource, forgetSource } from '../../api/sources';
import type { Source } from '../../api/types';
import { usersQuery } from '../../api/users';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';

const FATES = ['keep', 'remove'] as const;

/** The end of a source, and what is to become of its people. Nothing is chosen before somebody chooses. */
export function DeleteSource({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [people, setPeople] = useState<(typeof FATES)[number]>();
  const { displayName: name } = source;
  const { data: stated } = useQuery({ ...usersQuery({ sourceId: source.id, pageSize: 1 }), enabled: asking });
  const deletion = useMutation({
    mutationFn: (fate: (typeof FATES)[number]) => deleteSource(source.id, fate),
    onSuccess: async (task) => {
      announce(t(task ? 'sourceDelete.removing' : 'sourceDelete.done', { name }));
      if (task) await navigate({ to: `/tasks/${task.id}` });
      else await navigate({ to: '/sources' });
      forgetSource(source.id);
    },
  });
  return (
    <section className="card card-padded source-delete" aria-labelledby="source-delete">
      <div>
        <h2 id="source-delete">{t('sourceDelete.title')}</h2>
        <p className="muted">{t('sourceDelete.short')}</p>
      </div>
      <Button
        danger
        onClick={() => {
          deletion.reset();
          setPeople(undefined);
          setAsking(true);
        }}
      >
        {t('sourceDelete.open')}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={t('sourceDelete.question', { name })}
        confirm={t('sourceDelete.confirm')}
        busy={deletion.isPending}
        disabled={people === undefined}
        error={deletion.error}
        onConfirm={() => people && deletion.mutate(people)}
        onClose={() => setAsking(false)}
      >
        {/* Its line is there from the beginning, so that nothing moves when the number comes. */}
        <p>{stated ? t('sourceDelete.count', { count: stated.total }) : t('sourceDelete.counting')}</p>
        <fieldset className="source-fates">
          <legend>{t('sourceDelete.people')}</legend>
          {FATES.map((fate) => (
            <label key={fate} className="form-choice">
              <input type="radio" name="people" checked={people === fate} onChange={() => setPeople(fate)} />
              <span>
                <strong>{t(`sourceDelete.${fate}`)}</strong>
                <span className="muted">{t(`sourceDelete.${fate}Text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p>{t('sourceDelete.keys')}</p>
      </ConfirmDialog>
    </section>
  );
}
