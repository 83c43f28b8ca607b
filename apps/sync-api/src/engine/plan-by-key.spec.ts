import { DATA_TYPES } from '@rollcall/core';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import { planSql } from './sql/plan';
import { TargetReadings } from './target-readings';

interface PlanNode {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Subplan Name'?: string;
  'Relation Name'?: string;
  'Hash Cond'?: string;
  Plans?: PlanNode[];
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

describe('the plan of many records that may be linked', () => {
  it('joins nothing whole for single rows, although nested loops are off', async () => {
    const readings = await app.app.get(TargetReadings).all();
    const options = {
      staging: 'staging',
      complete: DATA_TYPES,
      again: false,
      matchKey: ['email'],
      large: true,
      undone: true,
      removal: false,
      backfill: false,
    };
    const plan = await explain(planSql(readings, options), [1, 1, 'delete', 'disable', 'delete', 'disable']);
    expect(joinsForSingleRows(plan)).toEqual([]);
  });
});

/** As `plan.ts` runs it. */
async function explain(statement: string, parameters: readonly unknown[]): Promise<PlanNode> {
  const client = await app.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local enable_nestloop = off');
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (format json) ${statement}`, [
      ...parameters,
    ]);
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (!plan) throw new Error('Postgres did not explain the plan.');
    return plan;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** Joins of whole relations below what Postgres runs once for each row: correlated subqueries, and lateral ones. */
function joinsForSingleRows(node: PlanNode, perRow = false): string[] {
  const found =
    perRow && /^(Hash Join|Merge Join)$/.test(node['Node Type'])
      ? [`${node['Node Type']} ${node['Hash Cond'] ?? ''}`]
      : [];
  const inLoop = (child: PlanNode): boolean =>
    (node['Node Type'] === 'Nested Loop' && child['Parent Relationship'] === 'Inner') ||
    (child['Parent Relationship'] === 'SubPlan' && !child['Subplan Name']?.startsWith('CTE'));
  return [...found, ...(node.Plans ?? []).flatMap((child) => joinsForSingleRows(child, perRow || inLoop(child)))];
}
