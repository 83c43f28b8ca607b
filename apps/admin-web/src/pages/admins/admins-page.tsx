import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { adminsQuery } from '../../api/admins';
import type { Admin } from '../../api/types';
import { DataList } from '../../ui/data-list';
import { PageHead } from '../../ui/page-head';
import { SearchBox } from '../../ui/search-box';
import { useMay } from '../../ui/use-may';
import type { AdminAction, LinkFor } from './admin-action';
import { AdminCard } from './admin-card';
import { useAdminColumns } from './admin-columns';
import type { AdminSearch } from './admin-search';
import { EditDialog } from './edit-dialog';
import { InvitationDialog } from './invitation-dialog';
import { InviteDialog } from './invite-dialog';
import { RemoveDialog } from './remove-dialog';
import { RenewDialog } from './renew-dialog';
import { RolesExplained } from './roles-explained';
import './admins.css';

const route = getRouteApi('/inner/administration/admins');

export default function AdminsPage(): ReactElement {
  const { t } = useTranslation();
  const { invite = false, ...query } = route.useSearch();
  const navigate = route.useNavigate();
  const mayChange = useMay('admin');
  const admins = useQuery(adminsQuery(query));
  const [asked, setAsked] = useState<{ action: AdminAction; admin: Admin }>();
  const [link, setLink] = useState<LinkFor>();

  const act = useCallback((action: AdminAction, admin: Admin) => setAsked({ action, admin }), []);
  const onAction = mayChange ? act : undefined;
  const columns = useAdminColumns(onAction);
  const change = useCallback(
    (next: Partial<AdminSearch>) => void navigate({ search: (before) => ({ ...before, ...next }) }),
    [navigate],
  );
  const onQuery = useCallback((q: string | undefined) => change({ q, page: undefined }), [change]);
  const close = (): void => setAsked(undefined);
  const about = (action: AdminAction): Admin | undefined => (asked?.action === action ? asked.admin : undefined);
  const inviteButton = (
    <Button type="primary" onClick={() => change({ invite: true })}>
      {t('admins.invite')}
    </Button>
  );

  return (
    <>
      <PageHead title={t('admins.title')} intro={t('admins.intro')} {...(mayChange && { actions: inviteButton })} />
      <RolesExplained />
      <DataList
        label={t('admins.title')}
        query={admins}
        rowKey={(admin) => admin.id}
        columns={columns}
        tableWidth={1080}
        card={(admin) => <AdminCard admin={admin} onAction={onAction} />}
        search={query}
        onSearch={change}
        filters={<SearchBox label={t('admins.search')} value={query.q} onChange={onQuery} />}
        filtered={query.q !== undefined}
        onClearFilters={() => change({ q: undefined, page: undefined })}
        count={(total) => t('admins.count', { count: total })}
        empty={null}
      />
      {mayChange && <InviteDialog open={invite} onLink={setLink} onClose={() => change({ invite: undefined })} />}
      <EditDialog admin={about('edit')} onClose={close} />
      <RenewDialog admin={about('renew')} onLink={setLink} onClose={close} />
      <RemoveDialog admin={about('remove')} onClose={close} />
      <InvitationDialog link={link} onClose={() => setLink(undefined)} />
    </>
  );
}
