import { useRouterState } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/** How much of its neighbour shows that there is more, in pixels. */
const NEIGHBOUR = 32;

/** For a row of links that is wider than a narrow screen: the one that is open can be seen. */
export function useCurrentInView(): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    const frame = row.current?.getBoundingClientRect();
    const link = row.current?.querySelector('[aria-current="page"], [data-inside]')?.getBoundingClientRect();
    if (!row.current || !frame || !link || (link.left >= frame.left && link.right <= frame.right)) return;
    // Not scrollIntoView(): browsers tab on from what they were told to show.
    row.current.scrollLeft += link.left - frame.left - NEIGHBOUR;
  }, [pathname]);
  return row;
}
