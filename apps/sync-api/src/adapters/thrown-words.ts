import { pathToFileURL } from 'node:url';

/** A line of a stack that names a file: a call, or what Node puts before the source of what cannot be parsed. */
const PLACE = /^(?:\s+at (?:.*\(|async )?)?((?:file:\/\/)?\/.*:\d+)\)?$/gm;

/** What was thrown, in its own words, with the place in its stack; `directory`: only a place below it. */
export function thrownWords(thrown: unknown, directory = ''): string {
  if (!(thrown instanceof Error)) return String(thrown);
  // As CommonJS and as ES modules are named there.
  const below = [directory, directory && pathToFileURL(directory).href];
  const places = [...(thrown.stack ?? '').matchAll(PLACE)].map(([, place = '']) => place);
  const found = places.find((place) => below.some((start) => place.startsWith(start)));
  return found === undefined ? thrown.message : `${thrown.message} (${found.replace('file://', '')})`;
}
