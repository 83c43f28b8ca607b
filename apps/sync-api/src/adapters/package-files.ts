import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import { RollcallError } from '@rollcall/core';

const ICON_MAX_BYTES = 32 * 1024;
const README_MAX_BYTES = 512 * 1024;
const ICON_TYPES: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.png': 'image/png' };

/**
 * An icon as a `data:` address. Pages show it as an image, and an SVG that is an image runs no script and loads nothing.
 * Throws `adapter_invalid` when it is not there or is no small image.
 */
export function readIcon(packageName: string, directory: string, icon: string): string {
  const file = resolve(directory, icon);
  const type = ICON_TYPES[extname(file).toLowerCase()];
  const refuse = (why: string, cause?: unknown): never => {
    throw new RollcallError('adapter_invalid', `${packageName}: the icon "${icon}" of its package.json ${why}`, {
      cause,
    });
  };
  if (relative(directory, file).startsWith('..')) return refuse('must be a file of the package.');
  if (type === undefined) return refuse('must be an .svg or .png file.');
  try {
    const { size } = statSync(file);
    if (size > ICON_MAX_BYTES) return refuse(`has ${size} bytes: make it smaller than ${ICON_MAX_BYTES / 1024} kB.`);
    return `data:${type};base64,${readFileSync(file, 'base64')}`;
  } catch (error) {
    if (error instanceof RollcallError) throw error;
    return refuse('cannot be read. Correct the path, or add the file to "files".', error);
  }
}

/** The README of a package as Markdown; null when it has none. */
export async function readReadme(directory: string): Promise<string | null> {
  try {
    const text = await readFile(join(directory, 'README.md'), 'utf8');
    return text.slice(0, README_MAX_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
