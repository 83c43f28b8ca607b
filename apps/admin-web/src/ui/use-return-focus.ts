import { useEffect, useState } from 'react';

/**
 * Gives the focus back when a dialog goes away that was there, and open, from its first moment. The library does so only
 * for one that is closed and stays. Where what opened it is gone, see `useKeepFocus`.
 */
export function useReturnFocus(open: boolean): void {
  const [before] = useState(() => (open ? document.activeElement : null));
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
