import { lazyRouteComponent } from '@tanstack/react-router';

/** Pages behind the sign-in: each a chunk of its own, the component library in a shared one. */
export const Frame = lazyRouteComponent(() => import('./frame'));
export const TasksPage = lazyRouteComponent(() => import('../pages/tasks/tasks-page'));

/** While a password is being checked, the next page's code can be on its way. What fails now is tried again then. */
export function preloadInnerPages(): void {
  void Promise.allSettled([Frame.preload?.(), TasksPage.preload?.()]);
}
