import { startTestApp } from './start-test-app';
test('x', async () => {
  const app = await startTestApp();
  await app.close();
  await new Promise((r) => setTimeout(r, 500));
  console.log(process.getActiveResourcesInfo());
  // @ts-expect-error internal
  console.log(process._getActiveHandles().map((h) => [h.constructor.name, h.fd, h.remoteAddress, h.remotePort, h._host, h.path, h._pipeName, h.listening, h.connecting, h.server?.constructor?.name]));
});
