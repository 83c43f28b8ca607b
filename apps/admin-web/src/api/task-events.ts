import { API_BASE } from '../config';
import type { Task } from './types';

/** After a refusal the browser gives up; after a mere break it reconnects by itself. */
const REOPEN_MS = 10_000;

export interface TaskEventHandlers {
  onTask: (task: Task) => void;
  /** The stream came up or went down. What happened while it was down is not sent again: read the list. */
  onConnection: (connected: boolean) => void;
}

/**
 * Follows `GET /api/tasks/events` until the returned function is called. A hidden tab lets go of its connection: over
 * HTTP/1.1 a browser opens six to one server, and a few forgotten tabs would block every other request.
 */
export function followTasks({ onTask, onConnection }: TaskEventHandlers): () => void {
  let stream: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    clearTimeout(reopening);
    stream?.close();
    stream = undefined;
  };

  const open = (): void => {
    close();
    const opened = new EventSource(`${API_BASE}/api/tasks/events`, { withCredentials: true });
    stream = opened;
    opened.addEventListener('open', () => onConnection(true));
    opened.addEventListener('task', (event: MessageEvent<string>) => onTask(JSON.parse(event.data) as Task));
    opened.addEventListener('error', () => {
      onConnection(false);
      if (opened.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    });
  };

  const onVisibility = (): void => {
    if (document.hidden) {
      close();
      onConnection(false);
    } else {
      open();
    }
  };

  document.addEventListener('visibilitychange', onVisibility);
  if (!document.hidden) open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}
