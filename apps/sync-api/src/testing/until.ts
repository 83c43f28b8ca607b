import { setTimeout as sleep } from 'node:timers/promises';
import type { TestAnswer, TestClient } from './test-client';

/** Asks until the answer is right; fails after `seconds`. */
export async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean, seconds = 20): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still wrong after ${seconds} s: ${JSON.stringify(answer)}`);
    await sleep(30);
  }
}

/** Waits until a task is neither queued nor running. */
export function untilEnded(client: TestClient, taskId: number, seconds?: number): Promise<TestAnswer> {
  return until(
    () => client.get(`/api/tasks/${taskId}`),
    ({ body }) => body.status !== 'queued' && body.status !== 'running',
    seconds,
  );
}
