import { deepEquals } from '@rjsf/utils';
import { useCallback, useState } from 'react';
import { isOvertaken, mergeEdits } from './merge-edits';
import { useDraft } from './use-draft';

interface Edited<T> {
  draft: T;
  /** Something was typed that is not stored. */
  isEdited: boolean;
  change: (draft: T) => void;
  /** The draft over what is stored by now: what somebody else changed meanwhile, and nobody touched here, stays theirs. */
  over: (stored: T) => T;
  /** What was typed is saved, or given up. */
  settle: () => void;
  /** Whether somebody else has changed by now what was changed here; asked again, only whether they did once more. */
  meet: (stored: T) => boolean;
  /** They had, and what was typed has been neither saved nor given up since. */
  met: boolean;
  /**
   * Another one whenever the fields show something else than was typed into them: as a `key` it has those begin anew that
   * keep what is typed as text, or the order of pairs.
   */
  round: string;
}

/** What is stored, while somebody changes it. What others do to it meanwhile does not take away what is being typed. */
export function useEdited<T extends object>(key: string, stored: T): Edited<T> {
  // With what was stored when somebody began to type.
  const [edited, setEdited, forget] = useDraft<{ base: T; draft: T } | null>(key, null);
  const [settled, setSettled] = useState(0);
  /** What was there when it was found to be another than when somebody began to type. */
  const [seen, setSeen] = useState<T>();
  const base = edited?.base ?? stored;
  const draft = edited?.draft ?? stored;
  const settle = useCallback(() => {
    setEdited(null);
    setSeen(undefined);
    forget();
    setSettled((before) => before + 1);
  }, [setEdited, forget]);
  return {
    draft,
    isEdited: edited !== null,
    change: (next) =>
      setEdited((before) => {
        const from = before?.base ?? stored;
        // Who types the old value again has changed nothing.
        return deepEquals(from, next) ? null : { base: from, draft: next };
      }),
    over: (now) => mergeEdits(base, draft, now),
    settle,
    meet: (now) => {
      const both = isOvertaken(base, draft, seen ?? base, now);
      if (both) setSeen(now);
      return both;
    },
    met: edited !== null && seen !== undefined,
    round: `${settled} ${JSON.stringify(base)}`,
  };
}
