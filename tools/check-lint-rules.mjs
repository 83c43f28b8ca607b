// Lints snippets that break a rule on purpose, so that a rule which has gone dead (renamed tag, lost graph, changed
// resolver) fails the lint run instead of letting everything through.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const BOUNDARIES = '@nx/enforce-module-boundaries';
/** What is wrong, in which project, the snippet, and the rule that must report it (null: eslint itself). */
const CASES = [
  ['an adapter imports another adapter', 'packages/source-http', `import '@rollcall/target-users';`, BOUNDARIES],
  ['an adapter imports the service', 'packages/target-users', `import '@rollcall/sync-api';`, 'no-restricted-imports'],
  ['an adapter imports the embedded servers', 'packages/target-users', `import '@rollcall/embedded';`, BOUNDARIES],
  ['core imports an adapter', 'packages/core', `import '@rollcall/source-http';`, BOUNDARIES],
  ['core imports a framework', 'packages/core', `import '@nestjs/common';`, BOUNDARIES],
  ['the embedded servers import core', 'packages/embedded', `import '@rollcall/core';`, BOUNDARIES],
  ['the service imports the admin web', 'apps/sync-api', `import '@rollcall/admin-web';`, 'no-restricted-imports'],
  ['the admin web imports core', 'apps/admin-web', `import '@rollcall/core';`, BOUNDARIES],
  [
    'a relative path leaves its package',
    'packages/source-http',
    `import '../../core/src/errors';`,
    'import-x/no-relative-packages',
  ],
  ['a package is not declared', 'packages/source-http', `import 'pg';`, 'import-x/no-extraneous-dependencies'],
  ['a file imports itself', 'packages/core', `import './FILE';`, 'import-x/no-self-import'],
  ['an error is swallowed', 'packages/core', `try { process.exit(); } catch {}`, 'no-empty'],
  ['a rejection is swallowed', 'packages/core', `await fetch('x').catch(() => undefined);`, 'no-restricted-syntax'],
  ['any is written', 'packages/core', `export let x: any;`, '@typescript-eslint/no-explicit-any'],
  ['a disable directive is not needed', 'packages/core', `// eslint-disable-next-line eqeqeq -- why\nexport {};`, null],
  [
    'a disable directive has no reason',
    'packages/core',
    `// eslint-disable-next-line no-var\nvar x = 1;`,
    '@eslint-community/eslint-comments/require-description',
  ],
];

/** Rules that need types or several files: that they are on for code of this project is what is looked at. */
const MUST_BE_ON = [
  'import-x/no-cycle',
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
];

/** Some source file of the project. */
function someFileOf(project) {
  const source = join(root, project, 'src');
  const name = readdirSync(source, { recursive: true })
    .sort()
    .find((file) => /\.tsx?$/.test(file) && !/\.(spec|d)\.tsx?$/.test(file));
  return name && join(source, name);
}

// Without types a snippet is linted in milliseconds.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked, { languageOptions: { parserOptions: { project: null } } }],
});
const dead = [];
for (const [what, project, code, rule] of CASES) {
  const filePath = someFileOf(project);
  if (!filePath) continue;
  const snippet = code.replace('FILE', filePath.replace(/^.*\//, '').replace(/\.tsx?$/, ''));
  const [result] = await eslint.lintText(`${snippet}\n`, { filePath });
  const found = result.messages.filter((message) => message.severity === 2);
  if (!found.some((message) => message.ruleId === rule)) dead.push({ what, rule, filePath, found });
}

const config = await new ESLint({ cwd: root }).calculateConfigForFile(someFileOf('packages/core'));
for (const rule of MUST_BE_ON.filter((name) => config.rules[name]?.[0] !== 2)) {
  dead.push({ what: 'it should be', rule, filePath: 'packages/core' });
}

for (const { what, rule, filePath, found } of dead) {
  console.error(
    `Nothing is reported when ${what}: ${rule ?? 'unused directives'} is dead (tried in ${filePath}).`,
    found,
  );
}
if (dead.length > 0) process.exit(1);
console.log(`${CASES.length + MUST_BE_ON.length} lint rules are alive.`);
