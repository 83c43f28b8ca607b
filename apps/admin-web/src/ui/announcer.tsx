import { type ReactElement, useSyncExternalStore } from 'react';

let text = '';
const listeners = new Set<() => void>();

/** Tells a screen reader something that only shows as a change in the page. The last words win over a queue of them. */
export function announce(message: string): void {
  text = message;
  for (const listener of listeners) listener();
}

/** What was announced is not true any more, where nothing else has been since. */
export function unsay(message: string): void {
  if (text === message) announce('');
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The live region of `announce`; stands once in the app's frame. */
export function Announcer(): ReactElement {
  const message = useSyncExternalStore(subscribe, () => text);
  return (
    <div className="visually-hidden" role="status" data-announcer="">
      {message}
    </div>
  );
}
