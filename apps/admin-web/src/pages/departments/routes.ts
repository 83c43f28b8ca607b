import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { idOf } from '../../app/id-parameter';
import { readDepartmentSearch, readMemberSearch } from './department-search';

/** The tree stays where it is while one department after another opens beside it. */
const departmentsRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/departments',
  validateSearch: readDepartmentSearch,
  component: innerPage(() => import('./departments-page'), 'directory', 'departments'),
});

const noDepartmentRoute = createRoute({
  getParentRoute: () => departmentsRoute,
  path: '/',
  component: innerPage(() => import('./no-department'), 'directory', 'departments'),
});

const departmentRoute = createRoute({
  getParentRoute: () => departmentsRoute,
  path: '$departmentId',
  params: {
    parse: ({ departmentId }) => ({ departmentId: idOf(departmentId) }),
    stringify: ({ departmentId }) => ({ departmentId: String(departmentId) }),
  },
  validateSearch: readMemberSearch,
  component: innerPage(() => import('./department-panel'), 'directory', 'departments'),
});

export const departmentRoutes = [departmentsRoute.addChildren([noDepartmentRoute, departmentRoute])] as const;
