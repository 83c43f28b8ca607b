import type { FirstStart } from '../auth/first-start.service';
import type { Config } from '../config';

export interface BannerFacts {
  config: Config;
  /** Undefined for a process without an API. */
  url: string | undefined;
  /** What the first start made; undefined on later ones. */
  first: FirstStart | undefined;
  logOnScreen: boolean;
}

/** What a person sees when Rollcall runs: where it is, how to get in, how to push somebody, where things lie. */
export function banner({ config, url, first, logOnScreen }: BannerFacts): string {
  const rows: [string, string][] = [];
  if (url)
    rows.push(['Open', config.publicUrl ?? url], ['Admin', first?.username ?? 'admin'], ['Password', password(first)]);
  else rows.push(['Works on', 'tasks; it serves no address']);
  rows.push(
    ['Data', config.home],
    ['Logs', `${config.logDirectory}${logOnScreen ? '' : ' (here too with LOG_LEVEL=info)'}`],
  );
  const table = rows.map(([name, value]) => `  ${name.padEnd(10)}${value}`).join('\n');
  return `\n${table}\n${url ? `\n${push(url, first)}\n` : ''}\n  Ctrl-C stops it.\n`;
}

function password(first: FirstStart | undefined): string {
  if (!first) return 'as before; a new one: npx rollcall admin-reset';
  return first.password ?? 'the one in ROLLCALL_ADMIN_PASSWORD';
}

function push(url: string, first: FirstStart | undefined): string {
  const body = { dataType: 'user', records: [{ uid: 'ada', nickname: 'Ada Lovelace', email: 'ada@example.com' }] };
  const key = first?.key ?? '<API key>';
  const head = first
    ? '  Push a user with the key of these first steps, which is shown only now:'
    : `  Push a user with an API key (POST /api/api-keys makes one, see ${url}/api/docs):`;
  return `${head}\n\n  curl ${url}/api/userData:push -H 'Authorization: Bearer ${key}' -d '${JSON.stringify(body)}'`;
}
