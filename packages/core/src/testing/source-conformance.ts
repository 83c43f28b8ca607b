import { secretNames } from '../checks/config-schema';
import type { SourceAdapter } from '../source';
import { type Conformance, conformanceOf } from './conformance';
import { credentialRules } from './rules/credentials';
import { cursorRules } from './rules/cursors';
import { eventRules } from './rules/events';
import { failureRules } from './rules/failures';
import { formRules } from './rules/form';
import { messageRules } from './rules/messages';
import { recordRules } from './rules/records';
import { stoppingRules } from './rules/stopping';
import { traceRules } from './rules/traces';
import type { SourceFixture } from './source-fixture';
import { SourceSubject } from './source-subject';

/**
 * What a source adapter promises, as rules to make tests of:
 *
 *     for (const rule of sourceConformance(adapter, fixture)) it(rule.title, rule.run, rule.timeoutMs);
 */
export function sourceConformance<Options>(adapter: SourceAdapter<Options>, fixture: SourceFixture): Conformance {
  const source = adapter as SourceAdapter;
  const subject = new SourceSubject(source, fixture);
  const attempt = async (options: object): Promise<unknown> => (await subject.pull({ options })).error;
  const reading = [
    ...recordRules(subject),
    ...failureRules(subject),
    ...stoppingRules({
      session: (fault) => subject.session(fault && { fault }),
      use: (session) => subject.read(session),
      abandon: async (session) => {
        const pages = subject.pages(session);
        await pages.next();
        await pages.return({ complete: {} });
      },
      used: async () => (await subject.clean()).session.used,
      tcp: fixture.tcp !== undefined,
      local: fixture.local === true,
      what: 'a read',
    }),
    ...cursorRules(subject),
    ...eventRules(subject),
    ...traceRules(subject),
  ];
  const pushed = source.pull ? {} : { leftOut: 'The adapter reads nothing by itself: its records are pushed.' };
  const asked = [source, fixture, secretNames(source.configSchema), source.pull && attempt] as const;
  return conformanceOf([
    ...formRules(source, fixture),
    ...credentialRules(...asked),
    ...messageRules(...asked),
    ...reading.map((rule) => ({ ...rule, ...pushed })),
  ]);
}
