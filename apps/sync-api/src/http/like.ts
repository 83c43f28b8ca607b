/** `like` patterns of what a person typed, taken literally; null searches for nothing. */
export function containsPattern(text: string | undefined): string | null {
  return text ? `%${escapeLike(text)}%` : null;
}

export function prefixPattern(text: string | undefined): string | null {
  return text ? `${escapeLike(text)}%` : null;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
