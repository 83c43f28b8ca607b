import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/**
 * Spec files run among the globals of their worker, not among globals made for each, so that they can share packages
 * (test-runtime.mjs): an Array or an Error is one and the same for all of them, as it is outside of tests. What a spec
 * file leaves on the global object, in the environment and on `process` is taken back at its end.
 */
export default class TestEnvironment {
  global = globalThis;
  fakeTimers = null;

  constructor({ projectConfig }) {
    this.takeBack = [globalThis, process, process.env, Error].map(keep);
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const takeBack of this.takeBack) takeBack();
    // Jest refuses from now on to load a module for a test that has ended.
    this.global = null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Nothing is run in a context of its own. */
  getVmContext() {
    return null;
  }
}

/** Returns what puts the properties of an object back as they are now. */
function keep(object) {
  const then = Object.getOwnPropertyDescriptors(object);
  return () => {
    for (const key of Reflect.ownKeys(object)) {
      const now = Object.getOwnPropertyDescriptor(object, key);
      if (!Object.hasOwn(then, key)) {
        if (now.configurable) delete object[key];
      } else if (['value', 'get', 'set'].some((part) => !Object.is(now[part], then[key][part]))) {
        Object.defineProperty(object, key, then[key]);
      }
    }
    for (const key of Reflect.ownKeys(then)) {
      if (!Object.hasOwn(object, key)) Object.defineProperty(object, key, then[key]);
    }
  };
}
