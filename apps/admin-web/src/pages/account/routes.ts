import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';

const accountRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/account',
  component: innerPage(() => import('./account-page'), 'account', 'admins'),
});

export const accountRoutes = [accountRoute] as const;
