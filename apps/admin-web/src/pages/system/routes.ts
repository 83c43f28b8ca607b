import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { administrationRoute } from '../administration/layout-route';

const systemRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/system',
  component: innerPage(() => import('./system-page'), 'system'),
});

export const systemRoutes = [systemRoute] as const;
