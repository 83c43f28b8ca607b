import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

interface Manifest extends Record<string, unknown> {
  name: string;
  version: string;
}

/** What the package.json of an adapter says that brings one source. */
export function manifestOf(name: string, id: string, more: Record<string, unknown> = {}): Manifest {
  return {
    name,
    version: '1.0.0',
    rollcall: { contract: 1, adapters: [{ kind: 'source', id }] },
    dependencies: { '@rollcall/core': '0.1.0' },
    ...more,
  };
}

/** Code of a source with one person, who is called after it. `defineSource` has to be there. */
export const sourceCode = (id: string): string => `defineSource({
  id: '${id}', title: '${id}', version: '1.0.0',
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  async *pull() {
    yield { dataType: 'user', records: [{ uid: '1', nickname: 'Ann of ${id}' }] };
    return { complete: { user: true } };
  },
})`;

/** An ES module and a CommonJS module with such a source. */
export const moduleCode = (id: string): string =>
  `import { defineSource } from '@rollcall/core';\nexport const adapters = [${sourceCode(id)}];`;
export const commonJsCode = (id: string): string =>
  `const { defineSource } = require('@rollcall/core');\nexports.adapters = [${sourceCode(id)}];`;

/** A package as somebody else would publish it; returns its tarball. */
export async function tarballOf(
  folder: string,
  manifest: Manifest,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const name = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}`;
  const content = join(folder, name, 'package');
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text);
  }
  const tarball = join(folder, `${name}.tgz`);
  const words = ['--create', '--gzip', '--file', tarball, '--directory', join(folder, name), 'package'];
  await promisify(execFile)('tar', words);
  return tarball;
}
