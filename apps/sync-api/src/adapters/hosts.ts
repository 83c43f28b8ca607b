/** Options that hold an address without looking like a URL. */
const ADDRESS_NAME =
  /(?:^|[_-])(?:host|hostname|server|domain|endpoint|address|port)$|(?:Host|Hostname|Server|Domain|Endpoint|Address|Port)$/;

/**
 * The places that options point to, as comparable text. When it changes, stored secrets would be sent to somebody who
 * never got them, so they are cleared.
 */
export function hostsOf(options: unknown): string {
  return JSON.stringify(collect(options, '').sort());
}

function collect(value: unknown, path: string): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => collect(member, `${path}/${key}`));
  }
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const host = hostOf(String(value), path.slice(path.lastIndexOf('/') + 1));
  return host === undefined ? [] : [`${path} ${host}`];
}

function hostOf(text: string, name: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    if (!URL.canParse(text)) return text;
    const { protocol, host } = new URL(text);
    return `${protocol}//${host}`;
  }
  return ADDRESS_NAME.test(name) ? text.toLowerCase() : undefined;
}
