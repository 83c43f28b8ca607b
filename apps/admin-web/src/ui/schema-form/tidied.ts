/**
 * What somebody typed or pasted, without the blanks around it when only those keep it from having the form that is expected.
 * Where blanks may belong to the value they stay.
 */
export function tidied({ pattern }: { pattern?: unknown }, text: string): string {
  const trimmed = text.trim();
  if (typeof pattern !== 'string' || trimmed === text) return text;
  const form = new RegExp(pattern, 'u');
  return !form.test(text) && form.test(trimmed) ? trimmed : text;
}
