/** What was thrown, in its own words, with the place in its stack; `directory`: only a place below it. */
export function thrownWords(thrown: unknown, directory = ''): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const places = (thrown.stack ?? '').match(/(?<![\w:.-])(?:file:\/\/)?\/[^\s()]+:\d+/g) ?? [];
  const place = places.map((found) => found.replace('file://', '')).find((found) => found.startsWith(directory));
  return place === undefined ? thrown.message : `${thrown.message} (${place})`;
}
