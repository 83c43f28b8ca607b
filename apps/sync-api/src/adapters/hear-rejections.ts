import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportPackage } from './import-package';

/** Loads like `load`, and throws what the code of the package rejected meanwhile where nobody waits for it. */
export function hearingRejections(load: ImportPackage): ImportPackage {
  return async (file, name) => {
    const rejections: unknown[] = [];
    const hear = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', hear);
    try {
      const loaded = await load(file, name);
      await nextTurn();
      if (rejections.length > 0) throw rejections[0];
      return loaded;
    } finally {
      process.removeListener('unhandledRejection', hear);
    }
  };
}
