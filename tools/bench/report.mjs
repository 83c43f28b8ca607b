// The table of the benchmark, and whether the bars are met.

const MOST_TIMES_FLOOR = { first: 2, unchanged: 2.5, 'changed-1pct': 2.5, 'push-1': 15 };
const MOST_MIB = 400;
const MOST_MEMORY_GROWTH = 1.3;
const MOST_TIME_GROWTH = 1.5;
const SMALL = 100_000;
const LARGE = 1_000_000;

export const BARS = `Bars at 1,000,000: ${Object.entries(MOST_TIMES_FLOOR)
  .map(([name, most]) => `${name} ${most} times its floor`)
  .join(', ')}; a worker below
${MOST_MIB} MiB and ${MOST_MEMORY_GROWTH} times its memory at 100,000; ${MOST_TIME_GROWTH} times the time per record at 100,000.`;

export function tableOf({ n, phases }) {
  const head = ['', 'time', 'floor', 'ratio', 'peak MiB', 'p50', 'p99'];
  const rows = phases.map((phase) => [
    phase.name,
    duration(phase.ms),
    duration(phase.floorMs),
    phase.ratio.toFixed(2),
    String(phase.rssMiB),
    phase.p50Ms === undefined ? '' : duration(phase.p50Ms),
    phase.p99Ms === undefined ? '' : duration(phase.p99Ms),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  return [`\n${n.toLocaleString('en')} users`, ...[head, ...rows].map(line)].map((text) => text.trimEnd()).join('\n');
}

function duration(ms) {
  return ms < 1_000 ? `${ms.toFixed(ms < 100 ? 1 : 0)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** One line a bar that can be told from these results. */
export function barsMet(results) {
  const phaseOf = (n, name) => results.find((result) => result.n === n)?.phases.find((phase) => phase.name === name);
  const lines = [];
  const tell = (what, value, most) =>
    lines.push(`${value <= most ? 'met   ' : 'MISSED'}  ${what}: ${value.toFixed(2)}, at most ${most}`);
  for (const { name, ms, ratio, rssMiB } of results.find(({ n }) => n === LARGE)?.phases ?? []) {
    const most = MOST_TIMES_FLOOR[name];
    if (most !== undefined) tell(`${name}, times its floor`, ratio, most);
    const small = phaseOf(SMALL, name);
    if (name.startsWith('push')) continue;
    tell(`${name}, MiB`, rssMiB, MOST_MIB);
    if (!small) continue;
    tell(`${name}, times the memory at 100,000`, rssMiB / small.rssMiB, MOST_MEMORY_GROWTH);
    tell(`${name}, times the time per record at 100,000`, ms / LARGE / (small.ms / SMALL), MOST_TIME_GROWTH);
  }
  return lines.length > 0 ? `\n${lines.join('\n')}` : '';
}
