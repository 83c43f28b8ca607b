import { type RefCallback, useCallback, useState } from 'react';

/** Whether something is wider than its place, so that it scrolls there: keyboards have to get to it then. */
export function useScrolls(): [RefCallback<HTMLElement>, boolean] {
  const [scrolls, setScrolls] = useState(false);
  const place = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const sizes = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return [place, scrolls];
}
