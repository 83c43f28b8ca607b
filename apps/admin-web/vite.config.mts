import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { antdStyles } from './antd-styles.mts';

/** `npx vite` proxies the API to a service that runs beside it (`npm start`). */
const service = process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:3000';

/** Puts a `.gz` beside every script and style, so that whoever serves them need not compress at every request. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
        writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level: 9 }));
      }
    },
  };
}

/** What only forms from an adapter's schema and its README need, which is half as much again as the rest. */
const OF_ADAPTERS = /rjsf|cfworker|schema-form|adapter-form|(source|target)-fields|markdown/i;

/**
 * Few files: a browser asks for six at a time, so forty small ones kept a list waiting longer than their bytes. What shows without
 * a session, what most pages behind it share, and the texts of a language are one file each; beside them a page is one of its own.
 */
const CHUNKS = [
  { name: 'start', tags: ['$initial' as const], priority: 3 },
  { debugName: 'texts', name: textsOf, priority: 2 },
  { name: 'inner', test: (module: string) => !OF_ADAPTERS.test(module), minShareCount: 2, priority: 1 },
];

/** The frame's texts show without a session, too. */
function textsOf(module: string): string | null {
  const [, language] = /[\\/]locales[\\/]([\w-]+)[\\/](?!frame)/.exec(module) ?? [];
  return language === undefined || module.includes('node_modules') ? null : `texts-${language}`;
}

export default defineConfig(({ command }) => {
  // A build is what people get, also one that a test starts: with another NODE_ENV it would hold React's slow half.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react(), antdStyles(), compressed()],
    build: {
      target: 'es2022',
      // The test of the size limits reads it.
      manifest: true,
      // A data: font or script would need holes in the Content-Security-Policy.
      assetsInlineLimit: 0,
      // What a page may weigh is tested compressed, page by page.
      chunkSizeWarningLimit: 1_500,
      modulePreload: { polyfill: false },
      rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
    },
    server: { proxy: { '/api': service } },
  };
});
