import { useCallback, useState } from 'react';
import { useDraft } from './use-draft';

interface Edited<T> {
  draft: T;
  /** Something was typed that is not stored. */
  isEdited: boolean;
  change: (draft: T) => void;
  /** What was typed is saved, or given up. */
  settle: () => void;
  /** Another one after each `settle`: as a `key` it has fields begin anew that keep what is typed as text. */
  round: number;
}

/** What is stored, while somebody changes it. What others do to it meanwhile does not take away what is being typed. */
export function useEdited<T extends object>(key: string, stored: T): Edited<T> {
  const [edited, setEdited, forget] = useDraft<T | null>(key, null);
  const [round, setRound] = useState(0);
  const settle = useCallback(() => {
    setEdited(null);
    forget();
    setRound((before) => before + 1);
  }, [setEdited, forget]);
  return { draft: edited ?? stored, isEdited: edited !== null, change: setEdited, settle, round };
}
