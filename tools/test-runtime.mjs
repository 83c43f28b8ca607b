import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { compileFunction, constants } from 'node:vm';
import Runtime from 'jest-runtime';
import { REPOSITORY } from './bootstrap.mjs';

const require = createRequire(import.meta.url);
const PACKAGES = `${sep}node_modules${sep}`;

/** These keep for good what the first spec file gave them (nestjs-pino: its logger), so they are not shared. */
const NOT_SHARED = ['nestjs-pino'].map((name) => join(PACKAGES, name, sep));

/**
 * Node itself loads packages, once for all spec files of a worker; what is ours is evaluated for each spec file anew, as
 * jest has it. To load Nest, TypeORM and the like was most of what a small spec file took. Needs test-environment.mjs,
 * and knows two inner names of the jest-runtime that package.json pins: `executor.compile` and `_resolution`.
 */
export default class TestRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
  }

  requireModule(from, name, options, actual) {
    const file = options?.isInternalModule ? undefined : this.packageFile(from, name);
    return file ? require(file) : super.requireModule(from, name, options, actual);
  }

  /** Undefined for what is not shared, and for modules of Node. */
  packageFile(from, name) {
    if (!name || this._resolution.isCoreModule(name)) return undefined;
    const file = this._resolution.resolveCjs(from, name);
    if (!file.startsWith(join(REPOSITORY, sep)) || !file.includes(PACKAGES)) return undefined;
    return NOT_SHARED.some((folder) => file.includes(folder)) ? undefined : file;
  }
}
