// Reference pages of packages/core, from its docstrings.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { REPOSITORY } from '../bootstrap.mjs';
import { CORE_REFERENCE } from './pages.mjs';

const CORE = join(REPOSITORY, 'packages', 'core');

/** Writes one page for each entry point. */
export async function writeCoreReference() {
  const out = join(REPOSITORY, CORE_REFERENCE);
  rmSync(out, { recursive: true, force: true });
  const application = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    // Without a folder TypeDoc takes docs/ and empties it: ours is named, and emptied above by ourselves.
    outputs: [{ name: 'markdown', path: out }],
    cleanOutputDir: false,
    entryPoints: ['index.ts', 'testing/index.ts'].map((name) => join(CORE, 'src', name)),
    tsconfig: join(CORE, 'tsconfig.json'),
    readme: 'none',
    name: 'Reference of @rollcall/core',
    disableSources: true,
    excludeInternal: true,
    // What is written is checked by this repository's own build.
    skipErrorChecking: true,
    logLevel: 'Warn',
    outputFileStrategy: 'modules',
    entryFileName: 'core',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    propertyMembersFormat: 'table',
    enumMembersFormat: 'table',
    useCodeBlocks: true,
    pageTitleTemplates: { module: ({ name }) => `@rollcall/core${name === 'index' ? '' : `/${name}`}` },
  });
  const project = await application.convert();
  if (!project) throw new Error('TypeDoc could not read packages/core: see what it said above.');
  await application.generateOutputs(project);
}
