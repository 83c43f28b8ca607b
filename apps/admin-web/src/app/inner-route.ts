import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { sourceNamesQuery } from '../api/names';
import { ahead, queryClient } from '../api/query-client';
import { attentionQuery } from '../api/tasks';
import { meQuery } from '../api/session';
import { Frame } from './inner-page';
import { NoPage } from './whole-page';

export const rootRoute = createRootRoute({ component: Outlet });

/** Everything that needs a session. The pages of each area stand in its `routes.ts`. */
export const innerRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inner',
  beforeLoad: async ({ location }) => {
    const me = await queryClient.query({ ...meQuery, staleTime: 'static' });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is TanStack Router's way to redirect
    if (!me) throw redirect({ to: '/sign-in', search: { from: location.href } });
    return { me };
  },
  // Part of the first picture, so that nothing moves down when the banner comes. Without it the banner asks again by itself.
  loader: async () => {
    ahead(queryClient.query(sourceNamesQuery));
    await Promise.allSettled([queryClient.query(attentionQuery)]);
  },
  staleTime: Infinity,
  component: Frame,
  notFoundComponent: NoPage,
});
