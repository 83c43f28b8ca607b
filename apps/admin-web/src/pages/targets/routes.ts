import { createRoute, notFound } from '@tanstack/react-router';
import { innerPage } from '../../app/inner-page';
import { innerRoute } from '../../app/inner-route';
import { readId } from '../../ui/id-parameter';
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

function idOf(text: string): number {
  const id = readId(text);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is TanStack Router's way to say so
  if (id === undefined) throw notFound();
  return id;
}

export const targetRoutes = [targetsRoute, newTargetRoute, targetRoute] as const;
