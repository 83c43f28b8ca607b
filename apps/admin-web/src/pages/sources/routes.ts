import { createRoute } from '@tanstack/react-router';
import { adaptersQuery } from '../../api/adapters';
import { ahead, queryClient } from '../../api/query-client';
import { sourcesQuery } from '../../api/sources';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { idOf } from '../../app/id-parameter';
import { type ListSearch, readListSearch, readQuery } from '../../ui/list-search';

export const SourcesPage = innerPage(() => import('./sources-page'), 'sources', 'tasks');

const sourcesRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/sources',
  validateSearch: (search: Record<string, unknown>): ListSearch & { q?: string | undefined } => ({
    ...readQuery(search),
    ...readListSearch(search),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => ahead(Promise.all([queryClient.query(sourcesQuery(deps)), queryClient.query(adaptersQuery)])),
  component: SourcesPage,
});

const newSourceRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/sources/new',
  validateSearch: ({ type }): { type?: string } => (typeof type === 'string' ? { type } : {}),
  component: innerPage(() => import('./new-source-page'), 'sources'),
});

const sourceRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/sources/$sourceId',
  params: {
    parse: ({ sourceId }) => ({ sourceId: idOf(sourceId) }),
    stringify: ({ sourceId }) => ({ sourceId: String(sourceId) }),
  },
  component: innerPage(() => import('./source-page'), 'sources'),
});

export const sourceRoutes = [sourcesRoute, newSourceRoute, sourceRoute] as const;
