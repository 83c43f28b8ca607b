import { Injectable } from '@nestjs/common';
import { type CallbackRequest, isRollcallError, RollcallError, type SourceAdapter } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { secretValues } from '@rollcall/core/checks';
import { withTimeLimit } from '../adapters/time-limit';
import { foreignError } from '../engine/foreign-code';
import type { Source } from '../sources/source.entity';
import { SourcesService } from '../sources/sources.service';
import { type CheckedAnswer, checkCallbackAnswer } from './check-callback-answer';
import { HintStore } from './hint-store';
import { LastCallbacks } from './last-callbacks';

/** Vendors wait for a second to a few; an adapter that takes longer never answers in time. */
const ANSWER_WITHIN_SECONDS = 3;

type WithEvents = SourceAdapter & Required<Pick<SourceAdapter, 'events'>>;

/**
 * Takes what vendors send. Their adapter says whether it is theirs and what may have changed; that is stored before they
 * are answered, and read again by a task of the kind `event` about a second later.
 */
@Injectable()
export class CallbacksService {
  constructor(
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly contexts: AdapterContexts,
    private readonly hints: HintStore,
    private readonly last: LastCallbacks,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('Callbacks');
  }

  async receive(name: string, request: CallbackRequest): Promise<CheckedAnswer> {
    const { source, adapter } = await this.find(name);
    const answer = await this.ask(source, adapter, request);
    await this.last.taken(source.id);
    if (answer.hints.length > 0) await this.hints.add(source.id, answer.hints);
    return answer;
  }

  /** Whoever does not know a name is not told whether there is such a source. */
  private async find(name: string): Promise<{ source: Source; adapter: WithEvents }> {
    const unknown = new RollcallError('not_found', 'There is no callback address here.');
    const source = await this.sources.byName(name).catch((error: unknown) => {
      throw isRollcallError(error) ? unknown : error;
    });
    if (!this.registry.has('source', source.type)) throw unknown;
    const adapter = this.registry.source(source.type);
    if (!takesEvents(adapter)) throw unknown;
    return { source, adapter };
  }

  private async ask(source: Source, adapter: WithEvents, request: CallbackRequest): Promise<CheckedAnswer> {
    const options = await this.sources.optionsInClear(source.id);
    const secrets = secretValues(adapter.configSchema, options);
    try {
      return await withTimeLimit(
        ANSWER_WITHIN_SECONDS,
        `The adapter "${adapter.id}" did not answer within ${ANSWER_WITHIN_SECONDS} s.`,
        async (signal) => {
          const context = this.contexts.of(adapter, source.name, options, signal);
          return checkCallbackAnswer(await adapter.events.receive(request, context), adapter.id);
        },
      );
    } catch (error) {
      const told = foreignError(error, secrets);
      this.logger.warn({ sourceId: source.id, code: told.code, reason: told.message }, 'A callback was not taken');
      await this.last.refused(source.id, told.message);
      throw told;
    }
  }
}

function takesEvents(adapter: SourceAdapter): adapter is WithEvents {
  return adapter.events !== undefined;
}
