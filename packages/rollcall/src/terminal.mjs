// How commands speak to whoever started them. Node's own modules only: `npm start` needs it before anything is installed.
const began = Date.now();

/** A problem that the reader can solve; printed without a stack. */
export class Refusal extends Error {
  /** Ends the process with this code instead of 1. */
  exitCode;
}

/** Ctrl-C or SIGTERM before anything was started. */
export class Interruption extends Refusal {
  constructor(signal) {
    super('Interrupted.');
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** One short line with the seconds since the command began. */
export function progress(text) {
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Refusal(`Rollcall needs Node.js 20.19 or newer, and this is ${process.version}. See https://nodejs.org.`);
}

/** Runs a command's main function; refusals are printed plainly, anything else with its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    const plain = error instanceof Refusal || error.name === 'StartError' || error.name === 'RollcallError';
    console.error(`\n${plain ? error.message : error.stack}`);
    process.exit(error.exitCode ?? 1);
  }
}
