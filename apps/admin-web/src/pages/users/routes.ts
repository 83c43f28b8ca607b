import { createRoute } from '@tanstack/react-router';
import { ahead, queryClient } from '../../api/query-client';
import { usersQuery } from '../../api/users';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { idOf } from '../../app/id-parameter';
import { readListSearch } from '../../ui/list-search';
import { readUserSearch } from './user-search';

const usersRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/users',
  validateSearch: readUserSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => ahead(queryClient.query(usersQuery(deps))),
  component: innerPage(() => import('./users-page'), 'directory', 'users'),
});

const userRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/users/$userId',
  params: {
    parse: ({ userId }) => ({ userId: idOf(userId) }),
    stringify: ({ userId }) => ({ userId: String(userId) }),
  },
  // The page of the history.
  validateSearch: readListSearch,
  component: innerPage(() => import('./user-page'), 'directory', 'users'),
});

export const userRoutes = [usersRoute, userRoute] as const;
