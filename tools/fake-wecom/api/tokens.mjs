import { randomBytes, randomInt } from 'node:crypto';
import { ApiError } from './errors.mjs';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Access tokens: one for each secret (`app`, `contacts`), repeated while it is valid. */
export class Tokens {
  #corp;
  #clock;
  #settings;
  /** Token → { kind, until, expired }. A revoked one is not here any more. */
  #issued = new Map();
  /** Kind → the token that is handed out. */
  #current = new Map();
  /** Address → when it used a wrong secret. */
  #wrong = new Map();
  #blockedUntil = new Map();

  constructor(corp, clock, settings) {
    this.#corp = corp;
    this.#clock = clock;
    this.#settings = settings;
  }

  /** What gettoken answers. The secret is looked at before the corp. */
  issue(corpid, secret, ip) {
    if (!secret) throw new ApiError(41004);
    if (!corpid) throw new ApiError(41002);
    this.#refuseBlocked(ip);
    if (corpid !== this.#corp.corpId) throw new ApiError(40013);
    const kind = this.#kindOf(secret);
    if (!kind) throw this.#countWrong(ip);
    const { tokenLifeSeconds, tokenReuse } = this.#settings.values;
    const known = tokenReuse && this.#issued.get(this.#current.get(kind));
    if (known && !this.#isOver(known)) {
      const expiresIn = Math.ceil((known.until - this.#clock.now()) / 1_000);
      return { access_token: this.#current.get(kind), expires_in: expiresIn };
    }
    const token = randomBytes(96).toString('base64url');
    this.#issued.set(token, { kind, until: this.#clock.now() + tokenLifeSeconds * 1_000, expired: false });
    this.#current.set(kind, token);
    return { access_token: token, expires_in: tokenLifeSeconds };
  }

  /** Which secret a token belongs to. */
  check(token) {
    if (!token) throw new ApiError(41001);
    const known = this.#issued.get(token);
    if (!known) throw new ApiError(40014);
    if (this.#isOver(known)) throw new ApiError(42001);
    return known.kind;
  }

  /** The same without an error. */
  kindOf(token) {
    return this.#issued.get(token)?.kind;
  }

  /** Tokens end before their time (42001). Of both secrets when none is named. */
  expire(kind) {
    for (const known of this.#issued.values()) if (!kind || known.kind === kind) known.expired = true;
  }

  /** Tokens are not known any more (40014). Of both secrets when none is named. */
  revoke(kind) {
    for (const [token, known] of this.#issued) if (!kind || known.kind === kind) this.#issued.delete(token);
  }

  /** The admin resets a secret: the old one is wrong (40001), its tokens are void. Returns the new one. */
  resetSecret(kind) {
    const name = kind === 'app' ? 'agentSecret' : 'contactsSecret';
    this.#corp[name] = Array.from({ length: 43 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    this.revoke(kind);
    return this.#corp[name];
  }

  #kindOf(secret) {
    if (secret === this.#corp.agentSecret) return 'app';
    return secret === this.#corp.contactsSecret ? 'contacts' : undefined;
  }

  #isOver({ until, expired }) {
    return expired || this.#clock.now() >= until;
  }

  #refuseBlocked(ip) {
    if (this.#clock.now() < (this.#blockedUntil.get(ip) ?? 0)) throw new ApiError(45009);
  }

  /** Too many wrong secrets within an hour block the address for an hour. */
  #countWrong(ip) {
    const { hourMs, wrongSecretsPerHour } = this.#settings.values.limits;
    const now = this.#clock.now();
    const recent = (this.#wrong.get(ip) ?? []).filter((time) => time > now - hourMs);
    recent.push(now);
    this.#wrong.set(ip, recent);
    if (recent.length >= wrongSecretsPerHour) {
      this.#blockedUntil.set(ip, now + hourMs);
      this.#wrong.delete(ip);
    }
    return new ApiError(40001);
  }
}
