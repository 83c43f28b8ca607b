/** French puts a space before these marks and inside its quotes, at which no line may end. */
const FRENCH_SPACES = / (?=[;:?!»%])|(?<=«) /g;

/** A text with the spaces that its language sets. */
export const typeset = (language: string, text: string): string =>
  language.startsWith('fr') ? text.replace(FRENCH_SPACES, '\u00a0') : text;
