import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/inner-route';
import AcceptInvitationPage from './accept-invitation-page';

/** Open to everybody: the one-time token stands behind the `#`, which browsers send to nobody. */
export const acceptInvitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accept-invitation',
  component: AcceptInvitationPage,
});
