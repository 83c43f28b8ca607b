import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from '../api/query-client';
import { meQuery } from '../api/session';
import { readTaskSearch } from '../pages/tasks/task-search';
import { Frame, TasksPage } from './inner-pages';
import { NoPage, PageBroken, PageLoading } from './whole-page';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** Said on the sign-in page, to those who did not sign out themselves. */
    sessionEnded?: boolean;
  }
}

const rootRoute = createRootRoute({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ from }): { from?: string } => (typeof from === 'string' ? { from } : {}),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page')),
});

/** Everything that needs a session. */
const innerRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inner',
  beforeLoad: async ({ location }) => {
    const me = await queryClient.query({ ...meQuery, staleTime: 'static' });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is TanStack Router's way to redirect
    if (!me) throw redirect({ to: '/sign-in', search: { from: location.href } });
    return { me };
  },
  component: Frame,
});

const homeRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is TanStack Router's way to redirect
    throw redirect({ to: '/tasks', replace: true });
  },
});

const tasksRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/tasks',
  validateSearch: readTaskSearch,
  component: TasksPage,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([signInRoute, innerRoute.addChildren([homeRoute, tasksRoute])]),
  // What a route's validateSearch leaves out of the address is not handed on.
  search: { strict: true },
  defaultErrorComponent: PageBroken,
  defaultNotFoundComponent: NoPage,
  defaultPendingComponent: PageLoading,
  defaultPendingMs: 400,
  scrollRestoration: true,
});
