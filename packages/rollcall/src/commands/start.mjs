import { claimHome } from '../home.mjs';
import { progress } from '../terminal.mjs';

export const start = {
  usage: 'rollcall [start]',
  summary: 'runs Rollcall, with a Postgres and a Redis of its own; Ctrl-C stops it',
  help: `
DATABASE_URL and REDIS_URL name servers of yours instead. PORT (3000) is where it listens, ROLLCALL_HOME (.rollcall in
this folder) where its data lies.`,
  async run() {
    const home = await claimHome('npx rollcall');
    const { start: startRollcall } = await import('@rollcall/sync-api/start');
    await startRollcall(home, progress);
  },
};
