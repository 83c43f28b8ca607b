import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Parameters {
  /** log2 of the cost. */
  ln: number;
  r: number;
  p: number;
}

/** OWASP's choice for 32 MiB a hash; a stored hash carries the parameters that it was made with. */
const CURRENT: Parameters = { ln: 15, r: 8, p: 3 };
const HASH_BYTES = 32;

/** For accounts that do not exist, so that they take as long as those that do. Nobody knows a password for it. */
const NOBODY = encode(CURRENT, randomBytes(16), randomBytes(HASH_BYTES));

/** One hash at a time: many sign-ins at once must not take all memory and all of Node's few worker threads. */
let turn: Promise<unknown> = Promise.resolve();

/** `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` (the PHC string format). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return encode(CURRENT, salt, await derive(password, salt, CURRENT, HASH_BYTES));
}

/** Takes the same time whether the account has a password or not. */
export async function passwordMatches(password: string, stored: string | null | undefined): Promise<boolean> {
  const { parameters, salt, hash } = decode(stored ?? NOBODY);
  return timingSafeEqual(await derive(password, salt, parameters, hash.length), hash);
}

function derive(password: string, salt: Buffer, { ln, r, p }: Parameters, length: number): Promise<Buffer> {
  const cost = 2 ** ln;
  const result = turn.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        // Keyboards differ in how they write the same letter.
        const options = { cost, blockSize: r, parallelization: p, maxmem: 256 * cost * r };
        scrypt(password.normalize('NFKC'), salt, length, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
  turn = result.catch((error: unknown) => error);
  return result;
}

function encode({ ln, r, p }: Parameters, salt: Buffer, hash: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

function decode(stored: string): { parameters: Parameters; salt: Buffer; hash: Buffer } {
  const [, ln, r, p, salt, hash] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored) ?? [];
  if (!salt || !hash) throw new Error('A stored password hash is not in the form $scrypt$ln=…,r=…,p=…$salt$hash.');
  return {
    parameters: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
