import { adaptersFolder } from '../adapters-folder.mjs';
import { openHome } from '../home.mjs';

export const adapters = {
  usage: 'rollcall adapters',
  summary: 'lists the adapters that there are, and says of each whether it loads',
  help: 'Those that come with Rollcall, those that were added, and those that ROLLCALL_ADAPTERS names.',
  async run() {
    const { inspectAdapters } = await import('@rollcall/sync-api/adapters');
    const found = await inspectAdapters(adaptersFolder(openHome()), process.env);
    const rows = found.map(({ kind, id, origin, version }) => [kind ?? '?', id ?? '?', origin, version ?? '?']);
    const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
    for (const [index, row] of rows.entries()) {
      console.log(
        row
          .map((text, column) => text.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
      if (found[index].error) console.log(`  cannot be used: ${found[index].error}`);
    }
  },
};
