import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { RollcallError } from '@rollcall/core';
import { codeOf } from './network-reason';

/** The packings that are asked for, and understood. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

const UNPACK = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** Reads a body to its end. Throws `bad_answer` as soon as it is larger than `maxBytes`. */
export async function collect(body: AsyncIterable<Uint8Array>, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(host, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Unpacks a body, up to `maxBytes`: a few kilobytes can unpack to gigabytes. */
export async function unpack(body: Buffer, encoding: string, maxBytes: number, host: string): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  // An answer without content may name an encoding all the same.
  if (body.length === 0 || name === '' || name === 'identity') return body;
  if (!isKnown(name)) {
    throw new RollcallError('bad_answer', `${host} packed its answer in a way that nobody asked for ("${name}").`);
  }
  try {
    return await UNPACK[name](body, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (codeOf(cause) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, maxBytes);
    // The data ended in the middle.
    if (codeOf(cause) === 'Z_BUF_ERROR') throw new RollcallError('network', `The answer of ${host} broke off.`);
    throw new RollcallError('bad_answer', `The answer of ${host} cannot be unpacked (${name}).`, { cause });
  }
}

const isKnown = (name: string): name is keyof typeof UNPACK => Object.hasOwn(UNPACK, name);

function tooLarge(host: string, maxBytes: number): RollcallError {
  return new RollcallError('bad_answer', `The answer of ${host} is larger than ${sizeText(maxBytes)}.`);
}

function sizeText(bytes: number): string {
  if (bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}
