/** An id as it stands in an address; undefined: what stands there is none. */
export function readId(text: unknown): number | undefined {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 && text !== true ? id : undefined;
}
