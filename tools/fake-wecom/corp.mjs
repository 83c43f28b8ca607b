import { Random } from './random.mjs';

const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Who the corp is and what it hands out: the same for the same seed, so that a fake that was killed comes back with the
 * secrets that its clients know.
 */
export function corpOf(seed, overrides = {}) {
  const random = new Random(seed ^ 0x5eed);
  return {
    corpId: `ww${random.text(16, HEX)}`,
    agentId: 1_000_002,
    agentSecret: random.text(43, LETTERS),
    contactsSecret: random.text(43, LETTERS),
    /** Of the callback that `PUT /admin/callbacks/…` sets, unless it names others. */
    callbackToken: random.text(32, LETTERS),
    // The last of 43 characters carries four bits; these are the letters whose other two are zero, as the vendor's are.
    encodingAesKey: random.text(42, LETTERS) + random.pick('AEIMQUYcgkosw048'),
    ...overrides,
  };
}
