import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';

/** Around the pages of the group: their row of links. Without an address of its own. */
export const administrationRoute = createRoute({
  getParentRoute: () => innerRoute,
  id: 'administration',
  component: innerPage(() => import('./administration-layout'), 'administration'),
});
