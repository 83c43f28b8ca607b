import { secretSpellings } from '../checks/secret-spellings';
import type { AdapterLogger } from '../contract';
import { isRollcallError } from '../errors';

/** What an adapter has said while it ran: log lines, and what it threw. */
export class Traces {
  readonly lines: string[] = [];

  readonly logger: AdapterLogger = {
    debug: (message, details) => this.log(message, details),
    info: (message, details) => this.log(message, details),
    warn: (message, details) => this.log(message, details),
    error: (message, details) => this.log(message, details),
  };

  /** Notes what of an error leaves the adapter. */
  thrown(error: unknown): void {
    const said = error instanceof Error ? error.message : String(error);
    this.lines.push(isRollcallError(error) ? JSON.stringify([said, error.field, error.errors]) : said);
  }

  /** The name of the first of `secrets` (name → value) that can be read in what was said. */
  leaked(secrets: Readonly<Record<string, string>>): string | undefined {
    const text = this.lines.join('\n');
    const decoded = `${text}\n${unpacked(text)}`;
    return Object.entries(secrets).find(([, value]) =>
      secretSpellings(value).some((spelling) => decoded.includes(spelling)),
    )?.[0];
  }

  /** The first line that holds one of these texts. */
  mention(texts: Iterable<string>): string | undefined {
    for (const text of texts) {
      const line = this.lines.find((one) => one.includes(text));
      if (line !== undefined) return line;
    }
    return undefined;
  }

  private log(message: string, details: Record<string, unknown> | undefined): void {
    this.lines.push(details ? `${message} ${JSON.stringify(details)}` : message);
  }
}

/** What base64 in a text stands for: a secret may be packed together with a user name. */
function unpacked(text: string): string {
  const packed = text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? [];
  return packed.map((one) => Buffer.from(one, 'base64').toString()).join('\n');
}
