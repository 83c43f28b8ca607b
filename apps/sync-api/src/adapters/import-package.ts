import { pathToFileURL } from 'node:url';

/** Loads a module by the path of its file, for the package of that name. */
export type ImportPackage = (file: string, name: string) => Promise<unknown>;

/**
 * The one real `import()` of the service: it loads CommonJS and ES modules alike. It stands in a file of its own because
 * it is the one thing that a test runner may have to replace.
 */
export const importPackage: ImportPackage = (file) => import(pathToFileURL(file).href);
