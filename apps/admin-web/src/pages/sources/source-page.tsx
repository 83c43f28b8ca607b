import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BUILT_IN } from '../../api/built-in-source';
import { sourceQuery } from '../../api/sources';
import type { Source } from '../../api/types';
import { SERVICE_ADDRESS } from '../../config';
import { localText } from '../../i18n/note-text';
import { Back } from '../../ui/back';
import { Command } from '../../ui/command';
import { Moment } from '../../ui/moment';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { present, ProblemNotice } from '../../ui/problem-notice';
import { pushCommand, shownMatchKey } from '../../ui/push-command';
import { useMay } from '../../ui/use-may';
import { AdapterError } from '../../ui/adapter-error';
import { AdapterReadme } from '../../ui/adapter-readme';
import { DeleteSource } from './delete-source';
import { isLeaving, removalOf } from './removal';
import { useSourceAdapter, useSourceAdapters } from './source-adapter';
import { SourceActions } from './source-actions';
import { SourceLastTask, SourceSchedule, SourceState, SourceSuccess } from './source-cells';
import { SourceNotes } from './source-notes';
import { SourceSettingsForm } from './source-settings-form';
import { SwitchSource } from './switch-source';
import './sources.css';

const route = getRouteApi('/inner/sources/$sourceId');

export default function SourcePage(): ReactElement {
  const { t } = useTranslation();
  const { sourceId } = route.useParams();
  const source = useQuery(sourceQuery(sourceId));
  const shown = present(source);
  const isAdmin = useMay('admin');
  return (
    <>
      <Back>
        <Link to="/sources">{t('sources.back')}</Link>
      </Back>
      <PageHead
        title={shown?.displayName ?? t('sources.one')}
        actions={
          shown && (
            <>
              <SourceActions source={shown} all />
              {isAdmin && !isLeaving(removalOf(shown)) && <SwitchSource source={shown} />}
            </>
          )
        }
      />
      {source.isError && (
        <ProblemNotice
          error={source.error}
          title={t(source.data ? 'list.stale' : 'sources.failed')}
          missing={t('sources.noSuch')}
          kind={shown ? 'warning' : 'error'}
          onRetry={() => void source.refetch()}
        />
      )}
      {source.isPending && (
        <div className="card card-padded" role="status" aria-label={t('sources.loading')}>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      )}
      {shown && <Content key={sourceId} source={shown} />}
    </>
  );
}

function Content({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const isAdmin = useMay('admin');
  const adapter = useSourceAdapter(source.type);
  const adapters = useSourceAdapters();
  return (
    <div className="source-form">
      <AdapterError of={source} title={t('sources.adapterMissing')} />
      <Facts source={source} type={adapter?.title ?? source.type} />
      <SourceNotes notes={source.notes} adapter={adapter} />
      {adapter && !adapter.capabilities.pull && <HowToPush source={source} />}
      {source.callbackUrl !== null && <Callback url={source.callbackUrl} callbacks={source.callbacks} />}
      {!adapter && adapters.isError && (
        <ProblemNotice
          error={adapters.error}
          title={t('sourceForm.adaptersFailed')}
          onRetry={() => void adapters.refetch()}
        />
      )}
      {adapter && <AdapterReadme kind="source" type={adapter.id} />}
      {adapter && <SourceSettingsForm source={source} adapter={adapter} />}
      {/* Below the form, which comes with the adapters: it would be pushed away. */}
      {isAdmin && source.name !== BUILT_IN && !adapters.isPending && <DeleteSource source={source} />}
    </div>
  );
}

function Facts({ source, type }: { source: Source; type: string }): ReactElement {
  const { t } = useTranslation();
  const facts: [string, ReactNode][] = [
    [t('sources.state'), <SourceState key="state" source={source} />],
    [t('sources.type'), type],
    [t('sourceForm.name'), <code key="name">{source.name}</code>],
    [t('sources.schedule'), <SourceSchedule key="schedule" source={source} />],
    [t('sources.lastTask'), <SourceLastTask key="task" source={source} />],
    [t('sources.lastSuccess'), <SourceSuccess key="success" source={source} />],
  ];
  return (
    <dl className="card card-padded source-facts">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What another system sends its records with. */
function HowToPush({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const builtIn = source.name === BUILT_IN;
  const command = pushCommand({
    address: SERVICE_ADDRESS,
    nickname: t('pushCommand.nickname'),
    ...(!builtIn && { source: source.name, matchKey: shownMatchKey(source.matchKey) }),
  });
  return (
    <section className="card card-padded source-part" aria-labelledby="source-push">
      <div>
        <h2 id="source-push">{t('howToPush.title')}</h2>
        <p className="muted source-part-text">
          {t('howToPush.text')} <Link to="/api-keys">{t('howToPush.keys')}</Link>
        </p>
      </div>
      <Command label={t('pushCommand.label')} text={command} />
    </section>
  );
}

interface CallbackProps {
  url: string;
  callbacks: Source['callbacks'];
}

/** Where the vendor is to send what changes, and whether that arrives. */
function Callback({ url, callbacks }: CallbackProps): ReactElement {
  const { t, i18n } = useTranslation();
  const { takenAt = null, refusedAt = null, refusedReason = null, texts } = callbacks ?? {};
  // What has worked since needs nobody.
  const refused = refusedAt !== null && (takenAt === null || refusedAt > takenAt);
  return (
    <section className="card card-padded source-part" aria-labelledby="source-callback">
      <div>
        <h2 id="source-callback">{t('callback.title')}</h2>
        <p className="muted source-part-text">{t('callback.text')}</p>
      </div>
      <Command label={t('callback.address')} text={url} />
      <p className="muted">
        {takenAt === null ? (
          t('callback.never')
        ) : (
          <>
            {t('callback.taken')} <Moment at={takenAt} />
          </>
        )}
      </p>
      {refused && (
        <Notice
          kind="warning"
          title={
            <>
              {t('callback.refused')} <Moment at={refusedAt} />
            </>
          }
        >
          {localText(i18n.language, refusedReason ?? '', texts)}
        </Notice>
      )}
    </section>
  );
}
