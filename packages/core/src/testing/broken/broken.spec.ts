import type { Conformance, ConformanceRule } from '../conformance';
import { sourceFixture, targetFixture } from '../company/company-fixtures';
import { CompanyServer } from '../company/company-server';
import { companySource } from '../company/company-source';
import { companyTarget } from '../company/company-target';
import { sourceConformance } from '../source-conformance';
import { targetConformance } from '../target-conformance';
import { BROKEN_SOURCES, type BrokenSource, endLeaks } from './broken-sources';
import { BROKEN_TARGETS, type BrokenTarget } from './broken-targets';

/** Rule → what it says of an adapter that does not keep it. */
type Findings = Record<string, string>;

/** So many adapters are tried side by side: most of it is waiting, and yet each has to be heard within a second. */
const AT_ONCE = 8;

async function tried(rules: readonly ConformanceRule[], findings: Findings): Promise<Findings> {
  for (const { id, run } of rules) {
    await run().catch((error: unknown) => {
      expect(error).toMatchObject({
        name: 'ConformanceError',
        problem: expect.any(String),
        remedy: expect.any(String),
      });
      findings[id] = (error as Error).message;
    });
  }
  return findings;
}

/** Does something for each of a list, some of them at a time. */
async function each<T>(list: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = [...list];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Subject {
  kit: Conformance;
  findings: Findings;
}

/** Everything is tried once, before the tests look at it. */
const subjects = new Map<object, Subject>();
const GOOD_SOURCE = {};
const GOOD_TARGET = {};
const servers: CompanyServer[] = [];

function add(key: object, kitFor: (server: CompanyServer) => Conformance): void {
  subjects.set(key, { kit: kitFor(new CompanyServer()), findings: {} });
}

beforeAll(async () => {
  const real = await new CompanyServer().start();
  servers.push(real);
  add(GOOD_SOURCE, () => sourceConformance(companySource(), sourceFixture(real)));
  add(GOOD_TARGET, () => targetConformance(companyTarget(), targetFixture(real)));
  for (const broken of BROKEN_SOURCES) {
    add(broken, (server) => sourceConformance(broken.adapter(), { ...sourceFixture(server), http: server.http }));
  }
  for (const broken of BROKEN_TARGETS) {
    add(broken, (server) => targetConformance(broken.adapter(), { ...targetFixture(server), http: server.http }));
  }
  const all = [...subjects.values()];
  await each(all, ({ kit, findings }) => tried(kit.rules, findings));
}, 300_000);

afterAll(endLeaks);
afterAll(() => Promise.all(servers.map((server) => server.stop())));

test('a source that keeps every promise passes, and no rule is left out', () => {
  const { kit, findings } = subjects.get(GOOD_SOURCE)!;
  expect(kit.leftOut).toEqual([]);
  expect(findings).toEqual({});
});

test('a target that keeps every promise passes', () => {
  const { kit, findings } = subjects.get(GOOD_TARGET)!;
  expect(kit.leftOut.map(({ id }) => id)).toEqual(['texts', 'check', 'check-wrong', 'messages', 'check-writes']);
  expect(findings).toEqual({});
});

function requireCaught(broken: BrokenSource | BrokenTarget): void {
  const { caughtBy, also = [] } = broken;
  const { findings } = subjects.get(broken)!;
  expect(Object.keys(findings)).toContain(caughtBy);
  expect(Object.entries(findings).filter(([id]) => id !== caughtBy && !also.includes(id))).toEqual([]);
}

test.each(BROKEN_SOURCES.map((broken) => [broken.what, broken] as const))(
  'a source with %s is caught by the rule for it, and by no other',
  (_what, broken) => requireCaught(broken),
);

test.each(BROKEN_TARGETS.map((broken) => [broken.what, broken] as const))(
  'a target with %s is caught by the rule for it, and by no other',
  (_what, broken) => requireCaught(broken),
);

test('every rule for sources catches somebody', () => {
  const rules = subjects.get(GOOD_SOURCE)!.kit.rules.map(({ id }) => id);
  expect(rules.filter((id) => !BROKEN_SOURCES.some(({ caughtBy }) => caughtBy === id))).toEqual([]);
});
