import { createRoute } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { readTaskSearch } from './task-search';

export const TasksPage = innerPage(() => import('./tasks-page'), 'tasks');

const tasksRoute = createRoute({
  getParentRoute: () => innerRoute,
  path: '/tasks',
  validateSearch: readTaskSearch,
  component: TasksPage,
});

export const taskRoutes = [tasksRoute] as const;
