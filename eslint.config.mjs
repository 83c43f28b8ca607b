import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import js from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// The boundary rule looks projects and tags up in nx's graph and silently passes everything when there is none.
process.env.NX_DAEMON ??= 'false';
await createProjectGraphAsync();

const FRAMEWORKS = ['@nestjs/*', 'typeorm', 'express', 'bull', 'react', 'react-*', 'antd'];

/** The arrows of ARCHITECTURE.md: `apps → core ← adapters`; the tags stand in each project's package.json. */
const ARROWS = [
  { sourceTag: 'layer:core', onlyDependOnLibsWithTags: [], bannedExternalImports: FRAMEWORKS },
  { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:core'] },
  { sourceTag: 'layer:embedded', onlyDependOnLibsWithTags: [], bannedExternalImports: FRAMEWORKS },
  // It serves the files of the admin web, and imports nothing of it: see no-restricted-imports.
  {
    sourceTag: 'layer:service',
    onlyDependOnLibsWithTags: ['layer:core', 'layer:adapter', 'layer:embedded', 'layer:web'],
  },
  // The admin web knows the service by its HTTP API alone.
  { sourceTag: 'layer:web', onlyDependOnLibsWithTags: [] },
  // The command `rollcall`, which a user installs; it may ask the service by its entry points.
  { sourceTag: 'layer:command', onlyDependOnLibsWithTags: ['layer:core', 'layer:embedded', 'layer:service'] },
  { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['layer:core', 'layer:adapter', 'layer:embedded'] },
];

/** A failure that nobody hears of. A reason belongs into the handler, or the error to the logger. */
const SWALLOWED_ERRORS = [
  ['ArrowFunctionExpression[body.type="BlockStatement"][body.body.length=0]', 'an empty function'],
  ['ArrowFunctionExpression[body.type="Identifier"][body.name="undefined"]', 'undefined'],
  ['ArrowFunctionExpression[body.type="Literal"][body.raw="null"]', 'null'],
].map(([handler, what]) => ({
  selector: `CallExpression[callee.property.name="catch"] > ${handler}`,
  message: `.catch() with ${what} swallows the error: handle it, log it, or let it through.`,
}));

export default defineConfig(
  globalIgnores([
    '**/dist/',
    // They are linted as the packages that are generated.
    'packages/create-adapter/templates/',
    '**/coverage/',
    '.nx/',
    '**/.rollcall/',
    '**/screenshots/',
    'apps/admin-web/src/api/schema.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  comments.recommended,
  {
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { depConstraints: ARROWS }],
      // An app has no entry point that the rule above could resolve, so the end of the arrow is guarded by name.
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@rollcall/(sync-api|admin-web)(/|$)', message: 'Nothing imports an app.' }] },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'import-x/no-relative-packages': 'error',
      'import-x/no-extraneous-dependencies': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', ...SWALLOWED_ERRORS],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `return next(error)` is how Express handlers read.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      // Express's Request is an interface laid over Node's class; the rule takes them for strangers.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // [...text] is the short way to its code points, {...row} to the data of an entity.
      '@typescript-eslint/no-misused-spread': 'off',
      // What was caught as unknown and kept may be thrown later.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowThrowingAny: false }],
      // There are no enums here, and looking for them costs seconds.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // A Nest module is a class whose whole content is its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowStaticOnly: true }],
      // Contracts ask for promises from implementations that have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Type parameters of pg's query<Row>() and of JSON readers name what comes back.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: [
      '**/*.spec.{ts,tsx}',
      'packages/core/src/testing/{company,broken}/**',
      '{apps,tools}/**/testing/**',
      'packages/source-*/src/testing/**',
      '**/test-support/**',
    ],
    rules: {
      // A missing row should fail the test with the plain TypeError that says where.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Answers of the service are looked at as the untyped JSON that a client gets.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['apps/admin-web/src/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    languageOptions: { parserOptions: { project: './apps/admin-web/tsconfig.json' } },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: { globals: globals.node },
  },
  { files: ['apps/admin-web/public/**'], languageOptions: { globals: globals.browser } },
  {
    // Browser tests drive the built pages against the real service, which they start by its test kit.
    files: [
      'apps/admin-web/e2e/**',
      'tools/demo/*.spec.ts',
      'tools/demo/test-support/**',
      'tools/docs/*.spec.ts',
      'tools/{conformance-runners,create-adapter,inner-loop}.spec.ts',
    ],
    rules: { '@nx/enforce-module-boundaries': 'off', 'import-x/no-relative-packages': 'off' },
  },
  {
    // Their package.json says CommonJS and nothing else: they use what the admin web brings.
    files: ['apps/admin-web/e2e/**'],
    rules: { 'import-x/no-extraneous-dependencies': ['error', { packageDir: ['.', './apps/admin-web'] }] },
  },
  {
    // It is what starts the service.
    files: ['packages/rollcall/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // They run before anything is installed, when packages have no names yet.
    files: ['tools/{bootstrap,start}.mjs'],
    rules: { '@nx/enforce-module-boundaries': 'off', 'import-x/no-relative-packages': 'off' },
  },
  {
    // The conformance of WeCom is tested against the fake one, whose types stand beside it.
    files: ['packages/source-wecom/src/conformance.spec.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off', 'import-x/no-relative-packages': 'off' },
  },
  {
    // Repository tools may use what the root package.json brings.
    files: ['tools/**'],
    rules: { 'import-x/no-extraneous-dependencies': ['error', { packageDir: ['.', './tools'] }] },
  },
);
