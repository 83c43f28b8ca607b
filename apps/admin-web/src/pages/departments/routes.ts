import { createRoute } from '@tanstack/react-router';
import { departmentQuery, levelQuery } from '../../api/departments';
import { ahead, queryClient } from '../../api/query-client';
import { membersQuery } from '../../api/users';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { idOf } from '../../app/id-parameter';
import { readDepartmentSearch, readMemberSearch } from './department-search';

/** The tree stays where it is while one department after another opens beside it. */
const departmentsRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/departments',
  validateSearch: readDepartmentSearch,
  loader: () => ahead(queryClient.infiniteQuery(levelQuery(null))),
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
  loaderDeps: ({ search: { member, page, pageSize } }) => ({ q: member, page, pageSize }),
  loader: ({ params: { departmentId }, deps }) => {
    ahead(queryClient.query(departmentQuery(departmentId)));
    ahead(queryClient.query(membersQuery(departmentId, deps)));
  },
  component: innerPage(() => import('./department-panel'), 'directory', 'departments'),
});

export const departmentRoutes = [departmentsRoute.addChildren([noDepartmentRoute, departmentRoute])] as const;
