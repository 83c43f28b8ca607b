import { createRoute } from '@tanstack/react-router';
import { ahead, queryClient } from '../../api/query-client';
import { tasksQuery } from '../../api/tasks';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { readTaskPageSearch } from './change-search';
import { readTaskSearch } from './task-search';

export const TasksPage = innerPage(() => import('./tasks-page'), 'tasks');

const tasksRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/tasks',
  validateSearch: readTaskSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => ahead(queryClient.query(tasksQuery(deps))),
  component: TasksPage,
});

const taskRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/tasks/$taskId',
  validateSearch: readTaskPageSearch,
  component: innerPage(() => import('./task-page'), 'tasks', 'task'),
});

export const taskRoutes = [tasksRoute, taskRoute] as const;
