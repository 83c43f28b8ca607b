import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { idOf } from '../../app/id-parameter';
import { readListSearch } from '../../ui/list-search';

const targetsRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/targets',
  validateSearch: readListSearch,
  component: innerPage(() => import('./targets-page'), 'targets'),
});

const newTargetRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/targets/new',
  validateSearch: ({ type }): { type?: string } => (typeof type === 'string' ? { type } : {}),
  component: innerPage(() => import('./new-target-page'), 'targets'),
});

const targetRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/targets/$targetId',
  params: {
    parse: ({ targetId }) => ({ targetId: idOf(targetId) }),
    stringify: ({ targetId }) => ({ targetId: String(targetId) }),
  },
  component: innerPage(() => import('./target-page'), 'targets'),
});

export const targetRoutes = [targetsRoute, newTargetRoute, targetRoute] as const;
