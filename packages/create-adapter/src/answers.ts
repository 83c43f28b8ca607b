import type { AdapterKind } from '@rollcall/core';
import { ADAPTER_ID, isKind } from '@rollcall/core/checks';

/** What has to be known of an adapter before a package for it can be made. */
export interface Answers {
  /** Where the package is made; it is empty, or not there yet. */
  folder: string;
  kind: AdapterKind;
  /** Part of every source or target that is ever made with the adapter: it never changes. */
  id: string;
  /** What admins read. */
  name: string;
  /** Who holds the rights; stands in package.json and in the licence. */
  author: string;
}

/** Stands in code, JSON and Markdown as it is, so nothing that means something there. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,&+()/’-]{0,59}$/u;

/** What is wrong with an answer, with the remedy; undefined when nothing is. */
export const PROBLEM_OF: Readonly<Record<'kind' | 'id' | 'name' | 'author', (answer: string) => string | undefined>> = {
  kind: (kind) =>
    isKind(kind) ? undefined : 'The kind is "source" (it says who exists) or "target" (it is told of changes).',
  id: (id) =>
    ADAPTER_ID.test(id)
      ? undefined
      : 'An id begins with a lower-case letter, then lower-case letters, digits and dashes, at most 63 in all, like acme-hr.',
  name: (name) => nameProblem('The name', name),
  author: (author) => nameProblem('The author', author),
};

function nameProblem(what: string, text: string): string | undefined {
  return NAME.test(text)
    ? undefined
    : `${what} begins with a letter or digit and has at most 60 characters: letters, digits, spaces and . , & + - ( ) / ’`;
}

/** Typed apostrophes as they are printed. */
export const withApostrophes = (text: string): string => text.trim().replaceAll("'", '’');

/** An id for a name: `acme-hr` for `Acme HR`. Empty when the name has no letter that an id can have. */
export function idFor(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);
}
