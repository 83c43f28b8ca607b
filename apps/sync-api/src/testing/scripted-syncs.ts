import { installScriptedSource, type Script } from './scripted-source';
import { startTestApp, type TestApp } from './start-test-app';
import type { TestAnswer } from './test-client';
import { untilEnded } from './until';

/** The service with the scripted source installed, for tests of what a sync does. */
export interface ScriptedSyncs {
  app: TestApp;
  /** Adds a source of the scripted adapter; returns its id. */
  addSource(body?: Record<string, unknown>): Promise<number>;
  /** Presses Sync and waits until the task is over, or held; returns the answer to GET /api/tasks/:id. */
  sync(sourceId: number, script: Script, body?: Record<string, unknown>): Promise<TestAnswer>;
  close(): Promise<void>;
}

export async function startScriptedSyncs(env: NodeJS.ProcessEnv = {}): Promise<ScriptedSyncs> {
  const scripted = installScriptedSource();
  const app = await startTestApp({ ...scripted.env, ...env });
  let number = 0;
  return {
    app,
    addSource: async (body = {}) => {
      const name = `scripted-${++number}`;
      const made = await app.admin.post('/api/sources', {
        name,
        type: 'scripted',
        options: { file: scripted.file },
        ...body,
      });
      if (made.status !== 201) throw new Error(`The source was not made: ${JSON.stringify(made.body)}`);
      return made.body.id;
    },
    sync: async (sourceId, script, body = {}) => {
      scripted.play(script);
      const started = await app.admin.post(`/api/sources/${sourceId}/sync`, body);
      if (started.status !== 202) throw new Error(`The sync did not start: ${JSON.stringify(started.body)}`);
      return untilEnded(app.admin, started.body.id);
    },
    close: async () => {
      await app.close();
      scripted.remove();
    },
  };
}
