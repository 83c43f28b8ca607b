import { useCallback, useState } from 'react';
import { useDraft } from './use-draft';

interface Edited<T> {
  draft: T;
  /** Something was typed that is not stored. */
  isEdited: boolean;
  change: (draft: T) => void;
  /** What was typed is saved, or given up. */
  settle: () => void;
  /**
   * Another one whenever the fields show something else than was typed into them: as a `key` it has those begin anew that
   * keep what is typed as text, or the order of pairs.
   */
  round: string;
}

/** What is stored, while somebody changes it. What others do to it meanwhile does not take away what is being typed. */
export function useEdited<T extends object>(key: string, stored: T): Edited<T> {
  const [edited, setEdited, forget] = useDraft<T | null>(key, null);
  const [settled, setSettled] = useState(0);
  // What was stored when somebody began to type.
  const [base, setBase] = useState(stored);
  if (edited === null && JSON.stringify(base) !== JSON.stringify(stored)) setBase(stored);
  const settle = useCallback(() => {
    setEdited(null);
    forget();
    setSettled((before) => before + 1);
  }, [setEdited, forget]);
  return {
    draft: edited ?? stored,
    isEdited: edited !== null,
    change: setEdited,
    settle,
    round: `${settled} ${JSON.stringify(base)}`,
  };
}
