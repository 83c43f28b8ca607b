import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'rollcall-source-timeclock';

/** An adapter as a stranger would publish it: plain JavaScript that imports nothing of ours. */
const CODE = `
exports.adapters = [{
  kind: 'source', id: 'timeclock', title: 'Time clock', version: '2.1.0',
  description: 'Reads who has a badge.',
  texts: {
    fr: {
      title: 'Pointeuse', description: 'Lit qui a un badge.',
      options: { site: { title: 'Site', values: { north: 'Nord', south: 'Sud' } }, badge: { title: 'Code du badge' } },
    },
  },
  configSchema: {
    type: 'object', additionalProperties: false, required: ['site', 'badge'],
    properties: {
      site: { type: 'string', title: 'Site', enum: ['north', 'south'], description: 'Where the clock hangs.' },
      badge: {
        type: 'string', title: 'Badge code', format: 'password', writeOnly: true,
        description: 'On the back of the clock.',
      },
      leavers: { type: 'boolean', title: 'Read leavers, too', default: false },
      tags: { type: 'array', title: 'Tags', items: { type: 'string' } },
    },
  },
  async check({ options }) {
    return options.badge === '4711'
      ? { ok: true, message: 'The clock ticks.' }
      : { ok: false, message: 'The clock does not open.', errors: [{ field: 'badge', message: 'Another code is on it.' }] };
  },
  async *pull({ options }) {
    yield { dataType: 'user', records: [{ uid: 'b-1', nickname: 'Nora of ' + options.site }] };
    return { complete: { user: true } };
  },
}];`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#b45309"/>
<path d="M16 8v8l6 4" stroke="#fff" stroke-width="3" fill="none"/></svg>`;

export interface ThirdPartySource {
  /** Of a service that has the adapter. */
  env: NodeJS.ProcessEnv;
  remove(): void;
}

/** A home with the adapter of a third party in it: nothing of the pages knows that one. */
export function installThirdPartySource(): ThirdPartySource {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-third-party-'));
  const folder = join(home, 'adapters', 'node_modules', PACKAGE);
  mkdirSync(folder, { recursive: true });
  const adapters = [{ kind: 'source', id: 'timeclock', icon: 'icon.svg' }];
  const manifest = { name: PACKAGE, version: '2.1.0', main: 'index.js', rollcall: { contract: 1, adapters } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'index.js'), CODE);
  writeFileSync(join(folder, 'icon.svg'), ICON);
  writeFileSync(join(folder, 'README.md'), '# Time clock\n\nHang it **beside the door**.\n');
  return {
    env: { ROLLCALL_HOME: home, ROLLCALL_ADAPTERS: PACKAGE },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
