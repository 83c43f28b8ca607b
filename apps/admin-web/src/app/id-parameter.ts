import { readId } from '../ui/id-parameter';

/** Of nobody and nothing: the page says that there is none. */
const NOBODY = 0;

/** The id in a page's address. */
export const idOf = (text: string): number => readId(text) ?? NOBODY;
