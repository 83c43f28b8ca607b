import type { System } from '../../api/types';
import { problemsOf } from './problems-of';

const NONE = { failed: 0, left: 0, away: 0, overdue: 0, unseen: 0 };
const now = new Date('2026-03-10T09:30:00Z');
const up = { status: 'up', ms: 1, version: '1' } as const;

function system(checks: Partial<System['checks']> = {}, queue: Partial<System['queue']> = {}): System {
  return {
    checks: {
      postgres: up,
      redis: up,
      workers: { status: 'up', processes: 1 },
      adapters: { loaded: 4, missing: [] },
      ...checks,
    },
    queue: { waiting: 0, retrying: 0, running: 0, held: 0, oldestWaitingSince: null, ...queue },
    versions: { rollcall: '0.1.0', node: '20', contract: 1 },
    process: { role: 'all', startedAt: '2026-03-10T09:00:00Z', memory: 1 },
    days: [],
  };
}

test('nothing is wrong when everything is there and nothing waits', () => {
  expect(problemsOf(system(), NONE, now)).toEqual([]);
});

test('what is down comes before what waits', () => {
  const down = { status: 'down', ms: null, version: null } as const;
  const workers = { status: 'down', processes: 0 } as const;
  const missing = [{ kind: 'source', id: 'gone', error: null }] as const;
  expect(
    problemsOf(
      system({ redis: down, workers, adapters: { loaded: 4, missing: [...missing] } }, { held: 1 }),
      { ...NONE, failed: 1, away: 1 },
      now,
    ),
  ).toEqual(['redis', 'workers', 'adapters', 'targets', 'failed', 'held']);
});

test('workers that nobody can count are not reported as missing', () => {
  expect(problemsOf(system({ workers: { status: 'unknown', processes: null } }), NONE, now)).toEqual([]);
});

test('a task may wait its turn for a while', () => {
  expect(problemsOf(system({}, { waiting: 1, oldestWaitingSince: '2026-03-10T09:16:00Z' }), NONE, now)).toEqual([]);
  expect(problemsOf(system({}, { waiting: 1, oldestWaitingSince: '2026-03-10T09:14:00Z' }), NONE, now)).toEqual([
    'waiting',
  ]);
});

test('a task that failed waits for somebody although everything works', () => {
  expect(problemsOf(system(), { ...NONE, failed: 1 }, now)).toEqual(['failed']);
  expect(problemsOf(system(), { ...NONE, left: 1 }, now)).toEqual(['left']);
});

test('sources that are late, or do not see everybody, are no good sign although nothing failed', () => {
  expect(problemsOf(system(), { ...NONE, overdue: 1, unseen: 2 }, now)).toEqual(['overdue', 'unseen']);
});
