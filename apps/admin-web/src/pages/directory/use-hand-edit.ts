import { deepEqual } from '@tanstack/react-router';
import { type Dispatch, type SetStateAction, useCallback, useState } from 'react';
import { useDraft } from '../../ui/use-draft';

/** What somebody changes by hand, and what was there when they began. */
interface HandEdit<T> {
  before: T;
  draft: T;
}

/**
 * The draft of a form that changes what is there. It may be opened again long after the session's end has closed it: what was not
 * touched is then as it stands by now, and what was touched is still told from what was there when it was.
 */
export function useHandEdit<T extends object>(
  key: string,
  now: T,
): HandEdit<T> & { setDraft: Dispatch<SetStateAction<T>>; forget: () => void } {
  // As it was when the form opened: what a sync changes meanwhile is not taken back.
  const [opened] = useState<HandEdit<T>>(() => ({ before: now, draft: now }));
  const [{ before, draft }, setEdit, forget] = useDraft(key, opened, (kept) => resumed(kept, now));
  const setDraft = useCallback(
    (next: SetStateAction<T>) =>
      setEdit((edit) => ({ ...edit, draft: typeof next === 'function' ? next(edit.draft) : next })),
    [setEdit],
  );
  return { before, draft, setDraft, forget };
}

export function resumed<T extends object>({ before, draft }: HandEdit<T>, now: T): HandEdit<T> {
  const names = Object.keys(now) as (keyof T)[];
  const untouched = Object.fromEntries(
    names.filter((name) => deepEqual(before[name], draft[name])).map((name) => [name, now[name]]),
  );
  return { before: { ...before, ...untouched }, draft: { ...draft, ...untouched } };
}
