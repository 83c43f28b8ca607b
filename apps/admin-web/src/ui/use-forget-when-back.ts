import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../api/api-error';

/** What a mutation says of itself. */
interface Tried {
  error: Error | null;
  reset: () => void;
}

/** That the service did not answer is not true any more once the page has heard of it again. */
export function useForgetWhenBack({ error, reset }: Tried): void {
  const queries = useQueryClient().getQueryCache();
  const away = error instanceof ApiError && error.status === 0;
  useEffect(() => {
    if (!away) return undefined;
    return queries.subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') reset();
    });
  }, [away, queries, reset]);
}
