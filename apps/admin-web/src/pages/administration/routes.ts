import { adapterRoutes } from '../adapters/routes';
import { adminRoutes } from '../admins/routes';
import { apiKeyRoutes } from '../api-keys/routes';
import { auditRoutes } from '../audit/routes';
import { systemRoutes } from '../system/routes';
import { administrationRoute } from './layout-route';

export const administrationRoutes = [
  administrationRoute.addChildren([...apiKeyRoutes, ...adminRoutes, ...adapterRoutes, ...auditRoutes, ...systemRoutes]),
] as const;
