import { useEffect } from 'react';

/** What a screen reader knows as a place, and says the name of. */
const PLACES = 'section, main, [role="dialog"]';
const HEADINGS = 'h1, h2, h3';

/** Whoever gives the focus back on purpose, such as a dialog that closes, does so first. */
const PATIENCE_MS = 50;

/**
 * When what has the focus goes away (a button that is done with, the row of a list, the place of a choice), the focus goes to
 * the heading of the nearest place that is still there. The browser would put it nowhere: who has no mouse would begin anew at
 * the top, and a screen reader would not say what the page is now. Stands once in the app's frame.
 */
export function useKeepFocus(): void {
  useEffect(() => {
    let last: Element | undefined;
    /** The places around it from the inside out; from within a dialog, those of the page behind it follow. */
    let around: Element[] = [];
    let ofPage: Element[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;

    const remember = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      last = target;
      around = placesAround(target);
      if (around.some((place) => place.tagName === 'MAIN')) ofPage = around;
      else around = [...around, ...ofPage];
    };
    const restore = (): void => {
      timer = undefined;
      if (last === undefined || !isGone(last) || !isNowhere()) return;
      const place = around.find((each) => each.isConnected && headingOf(each)) ?? document.querySelector('main');
      if (place) focusOnce(headingOf(place) ?? place);
    };
    const look = (): void => {
      if (last !== undefined && isNowhere() && isGone(last)) timer ??= setTimeout(restore, PATIENCE_MS);
    };
    const left = ({ target, relatedTarget }: FocusEvent): void => {
      if (relatedTarget !== null || !(target instanceof Element)) return;
      setTimeout(() => {
        // After a click beside everything nobody is anywhere, and that is how it stays.
        if (last === target && isNowhere() && !isGone(target)) last = undefined;
        look();
      });
    };
    const watch = new MutationObserver(look);

    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', left);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', left);
      watch.disconnect();
      clearTimeout(timer);
    };
  }, []);
}

const isGone = (element: Element): boolean => !element.isConnected || !element.checkVisibility();

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

function placesAround(element: Element): Element[] {
  const places: Element[] = [];
  for (let at = element.closest(PLACES); at; at = at.parentElement?.closest(PLACES) ?? null) places.push(at);
  return places;
}

/** What says where one is; a dialog does so itself. */
const headingOf = (place: Element): Element | null =>
  place.matches('[role="dialog"]') ? place : place.querySelector(HEADINGS);

/** Gives the focus to what otherwise has none. */
function focusOnce(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1;
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus();
}
