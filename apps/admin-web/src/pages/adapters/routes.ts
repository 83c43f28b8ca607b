import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { administrationRoute } from '../administration/layout-route';

const adaptersRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/adapters',
  component: innerPage(() => import('./adapters-page'), 'adapters'),
});

const adapterRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/adapters/$adapterId',
  // A source and a target may have one id.
  validateSearch: ({ kind }): { kind?: 'source' | 'target' } =>
    kind === 'source' || kind === 'target' ? { kind } : {},
  component: innerPage(() => import('./adapter-page'), 'adapters'),
});

export const adapterRoutes = [adaptersRoute, adapterRoute] as const;
