/** Something that whoever runs the machine can put right; its message says how, and needs no stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Turns what a server said before it ended into what to do about it. */
export function startError(what: string, directory: string, output: string, cause?: unknown): StartError {
  const last = output.split('\n').slice(-8).join('\n').trim();
  return new StartError(`${what}: ${remedy(`${output} ${messageOf(cause)}`, directory)}${last && `\n${last}`}`, {
    cause,
  });
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}

function remedy(output: string, directory: string): string {
  const library = /error while loading shared libraries: (\S+?):/.exec(output)?.[1];
  if (library) {
    return `the library ${library} is missing. On Debian or Ubuntu: apt-get install libstdc++6 libgcc-s1.`;
  }
  if (/No space left on device|ENOSPC|Disk quota exceeded/.test(output)) {
    return `the disk that holds ${directory} is full. Free some space (see "df -h ${directory}") and start again.`;
  }
  if (/Read-only file system|EROFS/.test(output)) {
    return `${directory} is on a read-only file system. Set ROLLCALL_HOME to a folder that can be written.`;
  }
  if (/Permission denied|EACCES|EPERM/.test(output)) {
    return `no permission below ${directory}. Start as the user who owns it, or set ROLLCALL_HOME to another folder.`;
  }
  if (/Cannot allocate memory|could not map anonymous shared memory|ENOMEM/.test(output)) {
    return 'there is too little memory. 1 GB of free memory is enough.';
  }
  return `see the log in ${directory}.`;
}
