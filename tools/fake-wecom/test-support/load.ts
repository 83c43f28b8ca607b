import { join } from 'node:path';

/** A file of the fake, loaded as the ES module that it is; without types. */
export const load = (file: string) => import(join(__dirname, '..', file));
