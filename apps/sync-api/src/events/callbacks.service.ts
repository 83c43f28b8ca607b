import { Inject, Injectable } from '@nestjs/common';
import { type CallbackRequest, type Hint, isRollcallError, RollcallError, type SourceAdapter } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { secretValues } from '../adapters/config-schema';
import { withTimeLimit } from '../adapters/time-limit';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { foreignError } from '../engine/foreign-code';
import { QUEUE_HINT_TASK, STORE_HINTS } from '../engine/sql/hints';
import { inTransaction } from '../engine/sql-session';
import { TaskQueue } from '../queue/task-queue';
import type { Source } from '../sources/source.entity';
import { SourcesService } from '../sources/sources.service';
import { type CheckedAnswer, checkCallbackAnswer } from './check-callback-answer';

/** Vendors wait for a second to a few; an adapter that takes longer never answers in time. */
const ANSWER_WITHIN_SECONDS = 3;

/** Time after the first hint in which others may come, to be read with it. */
const SETTLE_SECONDS = 1;

type WithEvents = SourceAdapter & Required<Pick<SourceAdapter, 'events'>>;

/**
 * Takes what vendors send. Their adapter says whether it is theirs and what may have changed; that is stored before they
 * are answered, and read again by a task of the kind `event` about a second later.
 */
@Injectable()
export class CallbacksService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly contexts: AdapterContexts,
    private readonly queue: TaskQueue,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('Callbacks');
  }

  async receive(name: string, request: CallbackRequest): Promise<CheckedAnswer> {
    const { source, adapter } = await this.find(name);
    const answer = await this.ask(source, adapter, request);
    // A vendor that is being set up is verified all the same. What it says meanwhile the next full read tells.
    if (source.enabled && answer.hints.length > 0) await this.store(source, answer.hints);
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
          const context = this.contexts.of(`source ${source.name}`, { options, secrets, signal });
          return checkCallbackAnswer(await adapter.events.receive(request, context), adapter.id);
        },
      );
    } catch (error) {
      const told = foreignError(error, secrets);
      this.logger.warn({ sourceId: source.id, code: told.code, reason: told.message }, 'A callback was not taken');
      throw told;
    }
  }

  private async store(source: Source, hints: readonly Hint[]): Promise<void> {
    const queued = await inTransaction(this.pool, { prepared: false }, async (sql) => {
      // One after the other for each source: the order of their ids is the order in which they can be seen.
      await sql.query('select from sources where id = $1 for no key update', [source.id]);
      await sql.query(STORE_HINTS, [source.id, JSON.stringify(hints)]);
      return sql.query<{ id: number }>(QUEUE_HINT_TASK, [source.id, SETTLE_SECONDS]);
    });
    this.logger.debug({ sourceId: source.id, hints: hints.length }, 'Hints stored');
    // What is committed will be read even if Redis is away: the sweeper puts it in again.
    if (queued.length > 0) await this.queue.enqueueDue(source.id).catch((error: unknown) => this.missed(error));
  }

  private missed(error: unknown): void {
    this.logger.warn({ err: error }, 'The task of an event could not be put into the queue; the sweeper does it');
  }
}

function takesEvents(adapter: SourceAdapter): adapter is WithEvents {
  return adapter.events !== undefined;
}
