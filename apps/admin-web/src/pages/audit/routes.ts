import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { administrationRoute } from '../administration/layout-route';
import { readAuditSearch } from './audit-search';

const auditRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: innerPage(() => import('./audit-page'), 'audit'),
});

export const auditRoutes = [auditRoute] as const;
