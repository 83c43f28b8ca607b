import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { administrationRoute } from '../administration/layout-route';
import { readAdminSearch } from './admin-search';

const adminsRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/admins',
  validateSearch: readAdminSearch,
  component: innerPage(() => import('./admins-page'), 'admins'),
});

export const adminRoutes = [adminsRoute] as const;
