import { sep } from 'node:path';
import Sequencer from '@jest/test-sequencer';
import { REPOSITORY } from './bootstrap.mjs';

const TOOLS = `${REPOSITORY}${sep}tools${sep}`;

/**
 * Begins with the tests that take longest, so that no worker is left alone with one at the end. Jest goes by the size of
 * the files where it knows no times yet; the small ones of this folder start builds, linters and whole services.
 */
export default class TestOrder extends Sequencer {
  sort(tests) {
    const late = ({ path }) => (path.startsWith(TOOLS) ? 0 : 1);
    return super.sort(tests).sort((a, b) => late(a) - late(b));
  }
}
