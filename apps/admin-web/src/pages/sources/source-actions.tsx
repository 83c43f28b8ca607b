import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type SyncMode, syncSource } from '../../api/sources';
import type { Source } from '../../api/types';
import { problemText } from '../../i18n/problem-text';
import { TaskLink } from '../../ui/task-link';
import { useForgetWhenBack } from '../../ui/use-forget-when-back';
import { useMay } from '../../ui/use-may';
import { removalOf } from './removal';
import { useSourceAdapter } from './source-adapter';

interface SourceActionsProps {
  source: Source;
  /** Every way to sync; otherwise the two that are wanted in a list. */
  all?: boolean;
}

/** What can be done with a source now, the most sensible first; where nothing can, why. */
export function SourceActions({ source, all = false }: SourceActionsProps): ReactElement | null {
  const { t } = useTranslation();
  // The page of the source says why itself.
  if (source.adapterError !== null) return all ? null : <span className="muted">{t('sourceSync.missing')}</span>;
  const removal = removalOf(source);
  if (removal !== undefined && source.lastTask) {
    return (
      <span className="muted">
        {t(`sourceRemoval.${removal}`)} <TaskLink id={source.lastTask.id} />
      </span>
    );
  }
  if (!source.enabled) return <span className="muted">{t('sourceSync.disabled')}</span>;
  return (
    <div className="source-actions">
      <Syncs source={source} all={all} />
      <Link to="/tasks" search={{ sourceId: source.id }} className="button source-button">
        {t('nav.tasks')}
      </Link>
    </div>
  );
}

function Syncs({ source, all }: Required<SourceActionsProps>): ReactElement | null {
  const { t } = useTranslation();
  const mayOperate = useMay('operator');
  const adapter = useSourceAdapter(source.type);
  const navigate = useNavigate();
  const client = useQueryClient();
  const mutationKey = ['sync', source.id];
  const sync = useMutation({
    mutationKey,
    mutationFn: (mode: SyncMode) => syncSource(source.id, mode),
    onSuccess: (task) => navigate({ to: `/tasks/${task.id}` }),
  });
  useForgetWhenBack(sync);
  if (!mayOperate || !adapter?.capabilities.pull) return null;
  // Nobody knows yet what it would do: look first.
  const fresh = source.lastTask === null;
  const button = (mode: SyncMode, main: boolean): ReactElement => (
    <Button
      key={mode}
      type={main ? 'primary' : 'default'}
      loading={sync.isPending && sync.variables === mode}
      disabled={sync.isPending && sync.variables !== mode}
      aria-label={t(`sourceSync.${mode}Of`, { name: source.displayName })}
      title={mode === 'incremental' ? t('sourceSync.incrementalHelp') : undefined}
      // Of a double click the second one comes before the button shows that it is at work.
      onClick={() => client.isMutating({ mutationKey }) === 0 && sync.mutate(mode)}
    >
      {t(`sourceSync.${mode}`)}
    </Button>
  );
  return (
    <>
      {fresh && button('preview', true)}
      {button('full', !fresh && all)}
      {all && !fresh && source.readsChanges && button('incremental', false)}
      {!fresh && button('preview', false)}
      {sync.isError && (
        <small role="alert" className="source-refused">
          {problemText(t, sync.error)}
        </small>
      )}
    </>
  );
}
