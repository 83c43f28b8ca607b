import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npx vite` proxies the API to a service that runs beside it (`npm start`). */
const service = process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig(({ command }) => {
  // A build is what people get, also one that a test starts: with another NODE_ENV it would hold React's slow half.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react()],
    build: {
      target: 'es2022',
      // The test of the size limits reads it.
      manifest: true,
      // A data: font or script would need holes in the Content-Security-Policy.
      assetsInlineLimit: 0,
      // What a page may weigh is tested compressed, page by page.
      chunkSizeWarningLimit: 1_500,
      modulePreload: { polyfill: false },
    },
    server: { proxy: { '/api': service } },
  };
});
