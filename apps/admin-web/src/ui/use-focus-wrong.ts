import { type RefObject, useEffect, useRef } from 'react';

/** Of a form: when errors come, the first field that something is wrong with takes the focus. */
export function useFocusWrong(errors: readonly unknown[]): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return form;
}
