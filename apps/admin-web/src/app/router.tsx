import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { acceptInvitationRoute } from '../pages/accept-invitation/routes';
import { accountRoutes } from '../pages/account/routes';
import { administrationRoutes } from '../pages/administration/routes';
import { departmentRoutes } from '../pages/departments/routes';
import SignInPage from '../pages/sign-in/sign-in-page';
import { sourceRoutes } from '../pages/sources/routes';
import { targetRoutes } from '../pages/targets/routes';
import { taskRoutes } from '../pages/tasks/routes';
import { userRoutes } from '../pages/users/routes';
import { innerRoute, rootRoute } from './inner-route';
import { NoPage, PageBroken, PageLoading } from './whole-page';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** Said on the sign-in page, to those who did not sign out themselves. */
    sessionEnded?: boolean;
    /** Something opens beside what has the focus, which stays there. */
    keepFocus?: boolean;
  }
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ from }): { from?: string } => (typeof from === 'string' ? { from } : {}),
  component: SignInPage,
});

const homeRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is TanStack Router's way to redirect
    throw redirect({ to: '/sources', replace: true });
  },
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    acceptInvitationRoute,
    innerRoute.addChildren([
      homeRoute,
      ...sourceRoutes,
      ...taskRoutes,
      ...userRoutes,
      ...departmentRoutes,
      ...targetRoutes,
      ...administrationRoutes,
      ...accountRoutes,
    ]),
  ]),
  // What a route's validateSearch leaves out of the address is not handed on.
  search: { strict: true },
  defaultErrorComponent: PageBroken,
  defaultNotFoundComponent: NoPage,
  defaultPendingComponent: PageLoading,
  defaultPendingMs: 400,
  scrollRestoration: true,
});
