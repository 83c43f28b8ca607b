import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

type SessionEnded = () => void;

let onSessionEnded: SessionEnded = () => undefined;

/** What to do when the service no longer knows us in the middle of the work. */
export function whenSessionEnds(handler: SessionEnded): void {
  onSessionEnded = handler;
}

function notice(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) onSessionEnded();
}

/** How often what others change, and no event tells, is asked for again while somebody looks at it. */
export const LOOK_AGAIN_MS = 15_000;

/** How often what failed for a reason that passes is asked for again. */
const AFTER_OUTAGE_MS = 10_000;

/** What was refused because something is gone or has changed is looked at again, before somebody decides by it. */
function refused(error: unknown): void {
  notice(error);
  if (error instanceof ApiError && (error.status === 404 || error.status === 409)) void queryClient.invalidateQueries();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({ onError: refused }),
  defaultOptions: {
    queries: {
      // The service may be on this very machine: "offline" says nothing about reaching it.
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.passing,
      retryDelay: (failures) => 500 * 2 ** failures,
      staleTime: 2_000,
      // An outage ends by itself, and so does what it left on the page.
      refetchInterval: ({ state }) =>
        state.error instanceof ApiError && state.error.passing ? AFTER_OUTAGE_MS : false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** For loaders of routes: what a page will show is asked for while its code is on its way. The page itself says what went wrong. */
export function ahead(answer: Promise<unknown>): void {
  void Promise.allSettled([answer]);
}
