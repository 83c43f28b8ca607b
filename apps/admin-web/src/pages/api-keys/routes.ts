import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { administrationRoute } from '../administration/layout-route';
import { readApiKeySearch } from './api-key-search';

const apiKeysRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/api-keys',
  validateSearch: readApiKeySearch,
  component: innerPage(() => import('./api-keys-page'), 'apiKeys'),
});

export const apiKeyRoutes = [apiKeysRoute] as const;
