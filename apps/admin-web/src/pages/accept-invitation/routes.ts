import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/inner-route';
import { loadTexts } from '../../i18n/i18n';

/** Open to everybody: the one-time token stands behind the `#`, which browsers send to nobody. */
export const acceptInvitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accept-invitation',
  component: lazyRouteComponent(async () => {
    const [page] = await Promise.all([import('./accept-invitation-page'), loadTexts('invitation')]);
    return page;
  }),
});
