import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { idOf } from '../../app/id-parameter';
import { readListSearch } from '../../ui/list-search';
import { readUserSearch } from './user-search';

const usersRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/users',
  validateSearch: readUserSearch,
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
