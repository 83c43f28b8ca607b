import { type RefObject, useEffect, useRef } from 'react';

/** Of a form: when errors come, or another try to send it, the first field that something is wrong with takes the focus. */
export function useFocusWrong(errors: readonly unknown[], tries = 0): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors.length + tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors, tries]);
  return form;
}
