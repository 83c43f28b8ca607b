import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = {
  name: 'rollcall-acme',
  version: '2.1.0',
  main: 'index.js',
  rollcall: { contract: 1, adapters: [{ kind: 'source', id: 'acme', icon: 'icon.svg' }] },
};

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#b3261e"/></svg>`;

const README = `# Acme HR

Reads the people of **Acme HR**. <script>document.title = 'taken over'</script>

- [Where to find the token](https://acme.example/help)

![tracker](https://acme.example/pixel.png)
`;

/** One option of each kind that a form has to draw. The token is "right" or wrong. */
const CODE = `
const wrong = ({ token, proxy, renames }) => [
  ...(token === 'right' ? [] : [{ field: 'token', message: 'Acme refuses this token. Make a new one.' }]),
  ...(proxy?.port === 1 ? [{ field: 'proxy.port', message: 'Nothing listens at this port.' }] : []),
  ...(renames?.[1]?.to === 'x' ? [{ field: 'renames/1/to', message: 'Acme has no field of this name.' }] : []),
];
const check = async ({ options }) => {
  const errors = wrong(options);
  return errors.length === 0 ? { ok: true, message: 'Acme knows 2 people.' } : { ok: false, message: 'Acme does not like this.', errors };
};
async function* pull() {
  yield { dataType: 'user', records: [{ uid: 'ada', nickname: 'Ada Lovelace' }, { uid: 'grace', nickname: 'Grace Hopper' }] };
  return { complete: { user: true } };
}
exports.adapters = [{
  kind: 'source', id: 'acme', title: 'Acme HR', version: '2.1.0', description: 'People of Acme HR.', incremental: true, check, pull,
  texts: { fr: { title: 'Acme RH', options: { token: { title: 'Jeton' } } } },
  configSchema: {
    type: 'object', unevaluatedProperties: false, required: ['token', 'region'],
    properties: {
      token: { type: 'string', format: 'password', writeOnly: true, title: 'Token', description: 'Acme → Settings → API' },
      region: { type: 'string', enum: ['eu', 'us'], title: 'Region' },
      sandbox: { type: 'boolean', title: 'Use the sandbox' },
      sandboxName: { type: 'string', title: 'Name of the sandbox', 'x-when': { sandbox: [true] } },
      teams: { type: 'array', items: { type: 'integer' }, title: 'Teams' },
      sizes: { type: 'array', items: { type: 'string', enum: ['small', 'large'] }, title: 'Sizes' },
      place: {
        title: 'Place',
        oneOf: [{ title: 'Everywhere', type: 'string', enum: ['everywhere'] }, { title: 'One place', type: 'string', pattern: '^x-' }],
      },
      kinds: { type: 'array', uniqueItems: true, items: { enum: ['staff', 'guests'] }, title: 'Kinds of people' },
      renames: {
        type: 'array', title: 'Renamed fields',
        items: { type: 'object', additionalProperties: false, required: ['from'], properties: { from: { type: 'string', title: 'From' }, to: { type: 'string', title: 'To' } } },
      },
      proxy: {
        title: 'Proxy',
        type: 'object', additionalProperties: false, required: ['host'],
        properties: { host: { type: 'string', title: 'Host of the proxy' }, port: { type: 'integer', minimum: 1, maximum: 65535, title: 'Port of the proxy' } },
      },
      signIn: {
        title: 'Way to sign in',
        oneOf: [
          { title: 'With a key', type: 'object', additionalProperties: false, required: ['key'], properties: { key: { type: 'string', title: 'Key' } } },
          { title: 'With a name', type: 'object', additionalProperties: false, required: ['login'], properties: { login: { type: 'string', title: 'Login' } } },
        ],
      },
      labels: { type: 'object', title: 'Labels', default: {}, additionalProperties: { type: 'string', title: 'Label' } },
      pageSize: { type: 'integer', minimum: 1, maximum: 500, default: 100, title: 'Page size', 'x-advanced': true },
    },
    if: { properties: { region: { const: 'us' } }, required: ['region'] },
    then: { properties: { state: { type: 'string', title: 'State' } } },
  },
}];
`;

/** A home with an adapter package of somebody else in it, as npm would install it; `remove` takes it away. */
export function installAcme(): { home: string; package: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-acme-'));
  const directory = join(home, 'adapters', 'node_modules', PACKAGE.name);
  mkdirSync(directory, { recursive: true });
  const files = { 'package.json': JSON.stringify(PACKAGE), 'icon.svg': ICON, 'README.md': README, 'index.js': CODE };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return { home, package: PACKAGE.name, remove: () => rmSync(home, { recursive: true, force: true }) };
}
