import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { auditQuery } from '../../api/audit';
import type { AuditEntry } from '../../api/types';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { Moment } from '../../ui/moment';
import { PageHead } from '../../ui/page-head';
import { ActionText, Actor, EntryDetails } from './audit-cells';
import { AuditFilters } from './audit-filters';
import { auditListQuery, type AuditSearch } from './audit-search';
import { Subject } from './subject';
import './audit.css';

const route = getRouteApi('/inner/administration/audit');

export default function AuditPage(): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const entries = useQuery(auditQuery(auditListQuery(search)));
  const columns = useAuditColumns();
  const change = useCallback(
    (next: Partial<AuditSearch>) => void navigate({ search: (before) => ({ ...before, ...next }) }),
    [navigate],
  );
  const { page: _page, pageSize: _pageSize, ...filters } = search;
  return (
    <>
      <PageHead title={t('audit.title')} intro={t('audit.intro')} />
      <DataList
        label={t('audit.title')}
        query={entries}
        rowKey={(entry) => entry.id}
        columns={columns}
        tableWidth={960}
        card={(entry) => <AuditCard entry={entry} />}
        search={search}
        onSearch={change}
        filters={<AuditFilters search={search} onChange={change} />}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => void navigate({ search: {} })}
        count={(total) => t('audit.count', { count: total })}
        empty={null}
      />
    </>
  );
}

function useAuditColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation();
  return [
    { title: t('audit.when'), key: 'when', width: 220, render: (entry) => <Moment at={entry.at} /> },
    { title: t('audit.who'), key: 'who', width: 170, render: (entry) => <Actor entry={entry} /> },
    {
      title: t('audit.what'),
      key: 'what',
      render: (entry) => (
        <>
          <ActionText entry={entry} />
          <EntryDetails entry={entry} />
        </>
      ),
    },
    {
      title: t('audit.subject'),
      key: 'subject',
      width: 170,
      render: (entry) => <Subject entry={entry} />,
    },
    { title: t('audit.where'), key: 'where', width: 160, render: (entry) => <Address entry={entry} /> },
  ];
}

/** An entry where a table has no room. */
function AuditCard({ entry }: { entry: AuditEntry }): ReactElement {
  return (
    <>
      <div className="row-head">
        <strong>
          <ActionText entry={entry} />
        </strong>
        <Subject entry={entry} />
      </div>
      <div>
        <Actor entry={entry} />
      </div>
      <div className="row-head muted">
        <Moment at={entry.at} />
        <Address entry={entry} />
      </div>
      <EntryDetails entry={entry} />
    </>
  );
}

function Address({ entry }: { entry: AuditEntry }): ReactElement {
  if (entry.address === null) return <span className="muted nothing">–</span>;
  return <span className="audit-address">{entry.address.replace(/^::ffff:/, '')}</span>;
}
