/** `npm test` ends within twenty minutes on two cores; what takes longest, and ESLint, is for `npm run test:thorough`. */
const THOROUGH = process.env.ROLLCALL_THOROUGH === '1';

/**
 * Every page by axe, a company at a vendor with its storms and outages, kills at random moments, the benchmark, bad packages
 * one by one, the site of the documentation.
 */
const LONG = [
  '/tools/demo/(wecom|burst|faults)\\.spec',
  '/tools/docs/site\\.spec',
  '/tools/chaos/',
  '/e2e/accessibility\\.spec',
  '/tools/(kill-push|bench|added-adapters)\\.spec',
];

/** Unit and integration tests stand beside the code; `node tools/test.mjs` starts what they need. */
export default {
  rootDir: '.',
  testEnvironment: '<rootDir>/tools/test-environment.mjs',
  runtime: '<rootDir>/tools/test-runtime.mjs',
  testMatch: ['<rootDir>/{apps,packages,tools}/**/*.spec.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(THOROUGH ? [] : LONG)],
  modulePathIgnorePatterns: ['<rootDir>/(apps|packages)/[^/]+/dist/', '<rootDir>/.nx/'],
  // Our own packages from their sources: no build between an edit and its test.
  moduleNameMapper: {
    '^@rollcall/([a-z-]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^@rollcall/([a-z-]+)/([a-z-]+)$': '<rootDir>/packages/$1/src/$2/index.ts',
  },
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', tsx: false, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
        // A real import() stays one, as in the build.
        module: { type: 'commonjs', ignoreDynamic: true },
        sourceMaps: 'inline',
      },
    ],
  },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // Much of a test is waiting, for a server, a browser or a time that has to pass: three keep two cores busy.
  maxWorkers: 3,
  testSequencer: '<rootDir>/tools/test-order.mjs',
  testTimeout: 30_000,
};
