import { notFound } from '@tanstack/react-router';
import { readId } from '../ui/id-parameter';

/** The id in a page's address; what is none leads to "no page at this address". */
export function idOf(text: string): number {
  const id = readId(text);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is TanStack Router's way to say so
  if (id === undefined) throw notFound();
  return id;
}
