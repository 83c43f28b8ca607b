import { isRemoteTarget, type RemoteTargetAdapter, type TableTargetAdapter, type TargetAdapter } from '../target';
import { type Conformance, conformanceOf, type RuleDraft } from './conformance';
import { credentialRules } from './rules/credentials';
import { formRules } from './rules/form';
import { messageRules } from './rules/messages';
import { stoppingRules } from './rules/stopping';
import { tableRules } from './rules/tables';
import { targetTraceRules } from './rules/target-traces';
import { writingRules } from './rules/writing';
import type { TableTargetFixture } from './table-fixture';
import type { TargetFixture } from './target-fixture';
import { TargetSubject } from './target-subject';

/**
 * What a target adapter promises, as rules to make tests of:
 *
 *     for (const rule of targetConformance(adapter, fixture)) it(rule.title, rule.run, rule.timeoutMs);
 */
export function targetConformance<Options>(adapter: RemoteTargetAdapter<Options>, fixture: TargetFixture): Conformance;
export function targetConformance<Options>(
  adapter: TableTargetAdapter<Options>,
  fixture: TableTargetFixture,
): Conformance;
export function targetConformance<Options>(
  given: TargetAdapter<Options>,
  fixture: TargetFixture | TableTargetFixture,
): Conformance {
  const adapter = given as TargetAdapter;
  return conformanceOf([
    ...formRules(adapter, fixture),
    ...(isRemoteTarget(adapter)
      ? remoteRules(adapter, fixture as TargetFixture)
      : tableRules(adapter, fixture as TableTargetFixture)),
  ]);
}

function remoteRules(adapter: RemoteTargetAdapter, fixture: TargetFixture): RuleDraft[] {
  const subject = new TargetSubject(adapter, fixture);
  const [dataType = 'user'] = subject.dataTypes;
  const attempt = async (options: object): Promise<unknown> => {
    const { error, outcomes } = await subject.apply(subject.creates(dataType, 1), { options });
    const failure = [...outcomes.values()].find((outcome) => outcome.failure)?.failure;
    return error ?? (failure && new Error(`an outcome with "${failure.code}" instead of an error for the whole batch`));
  };
  const asked = [adapter, fixture, subject.secrets, attempt] as const;
  return [
    ...credentialRules(...asked),
    ...messageRules(...asked),
    ...writingRules(subject),
    ...stoppingRules({
      session: (fault) => subject.session(fault),
      use: (session) => subject.applyIn(session, subject.creates(dataType)),
      abandon: async (session) => {
        const rows = subject.rows(session, subject.creates(dataType))[Symbol.asyncIterator]();
        await rows.next();
        await rows.return?.();
      },
      used: async () => (await subject.apply(subject.creates(dataType))).session.used,
      tcp: fixture.tcp !== undefined,
      local: fixture.local === true,
      what: 'a batch',
    }),
    ...targetTraceRules(subject),
  ];
}
