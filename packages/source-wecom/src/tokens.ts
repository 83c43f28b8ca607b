import { WecomError } from './errors';

/** An answer of gettoken. */
export interface NewToken {
  token: string;
  /** In seconds. */
  expiresIn: number;
}

/** A token is given up so long before its end. */
const MARGIN_SECONDS = 300;
/** After a wrong secret so long nobody asks again by itself: WeCom blocks an address that keeps trying. */
const REFUSED_MS = 15 * 60_000;

/** The access token of one secret. Several that need it at once ask for it once. */
export class Tokens {
  private held: { token: string; until: number } | undefined;
  private asking: { answer: Promise<string>; signal: AbortSignal } | undefined;
  private refusal: { error: WecomError; until: number } | undefined;
  private doubtedUntil = 0;

  /**
   * The token. `ask` calls gettoken and stops with `signal`. `insist`: also asks when the secret was refused a moment ago,
   * because an admin wants to know.
   */
  async get(ask: () => Promise<NewToken>, signal: AbortSignal, insist: boolean): Promise<string> {
    for (;;) {
      const now = Date.now();
      if (this.held && this.held.until > now) return this.held.token;
      if (this.refusal && this.refusal.until > now && !insist) throw this.refusal.error;
      const asking = (this.asking ??= { answer: this.ask(ask), signal });
      try {
        return await asking.answer;
      } catch (error) {
        // Whoever asked was stopped, not we.
        if (asking.signal === signal || !asking.signal.aborted || signal.aborted) throw error;
      }
    }
  }

  /** WeCom does not take this token any more. A newer one stays. */
  drop(token: string): void {
    if (this.held?.token === token) this.held = undefined;
  }

  /** The secret was refused with these words. */
  refuse(error: WecomError): void {
    this.held = undefined;
    const message = `${error.message} It is not tried again for 15 minutes, except by a check: WeCom blocks who keeps trying.`;
    const told = new WecomError(error.code, message, error.errcode, { ...(error.field && { field: error.field }) });
    this.refusal = { error: told, until: Date.now() + REFUSED_MS };
  }

  /** True once in a while: a call said that the secret is wrong, and it may be asked whether that is so. */
  mayDoubtSecret(): boolean {
    const now = Date.now();
    if (now < this.doubtedUntil) return false;
    this.doubtedUntil = now + REFUSED_MS;
    return true;
  }

  private async ask(ask: () => Promise<NewToken>): Promise<string> {
    try {
      const { token, expiresIn } = await ask();
      const seconds = expiresIn > 2 * MARGIN_SECONDS ? expiresIn - MARGIN_SECONDS : expiresIn / 2;
      this.held = { token, until: Date.now() + seconds * 1000 };
      this.refusal = undefined;
      return token;
    } finally {
      this.asking = undefined;
    }
  }
}
