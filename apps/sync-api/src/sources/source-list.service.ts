import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type Repository } from 'typeorm';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { readsChanges } from '../adapters/reads-changes';
import { MessageTexts } from '../adapters/message-texts';
import { titleOf } from '@rollcall/core/checks';
import { Config } from '../config';
import { failedReadsOf, unseenReadOf } from '../tasks/attention-sql';
import { lastSuccessOf } from '../tasks/up-to-date-sql';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { containsPattern, prefixPattern } from '../http/like';
import { type Page, type PageQuery, pageOf, sortOf } from '../http/page';
import { callbackOf, NO_CALLBACK } from './callback';
import { SourceOptions } from './source-options';
import { Source } from './source.entity';
import { LAST_TASK_COLUMNS, type LastTaskRow, type SourceView, toLastTaskView, toSourceView } from './source.view';

interface TaskState extends LastTaskRow {
  source_id: number;
  /** Null: the source has no task. */
  task_id: number | null;
  last_succeeded_at: Date | null;
  failed_read_id: number | null;
  unseen_read_id: number | null;
  called: boolean;
  taken_at: Date | null;
  refused_at: Date | null;
  refused_reason: string | null;
}

/** Few index lookups a source, however many tasks it has. What a target gets in a backfill is no task of its source's own. */
const TASK_STATES = `
  select s.id as source_id, success.finished_at as last_succeeded_at, (select max(f.id) from (${failedReadsOf('s.id')}) f) as failed_read_id, (${unseenReadOf('s.id')}) as unseen_read_id, t.id as task_id, ${LAST_TASK_COLUMNS},
    c.source_id is not null as called, c.taken_at, c.refused_at, c.refused_reason
  from unnest($1::bigint[]) as s (id)
  left join lateral (
    select id, kind, status, held_reason, notes, complete, message, created_at, finished_at from tasks
    where source_id = s.id and kind <> 'backfill' and part_of is null order by id desc limit 1
  ) t on true
  left join lateral (${lastSuccessOf('s.id')}) success on true
  left join callbacks c on c.source_id = s.id`;

type Shown = ReturnType<SourceOptions['shown']>;

/** Shows sources, with what their tasks and adapters say of them. */
@Injectable()
export class SourceListService {
  constructor(
    @InjectRepository(Source) private readonly sources: Repository<Source>,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly options: SourceOptions,
    private readonly config: Config,
    private readonly texts: MessageTexts,
  ) {}

  /** `only`: nothing but the source with this id is to be shown. */
  async list(query: PageQuery, only?: number): Promise<Page<SourceView>> {
    const selection = this.sources.createQueryBuilder('source');
    if (only !== undefined) selection.andWhere('source.id = :only', { only });
    if (query.q) {
      const text = query.q.toLowerCase();
      selection.andWhere(
        new Brackets((either) =>
          either
            .where('source.name like :prefix', { prefix: prefixPattern(text) })
            .orWhere('lower(source.displayName) like :part', { part: containsPattern(text) }),
        ),
      );
    }
    const { property, direction } = sortOf(query.sort, ['id', 'name', 'displayName', 'priority', 'createdAt'], 'name');
    const [rows, total] = await selection
      .orderBy(`source.${property}`, direction)
      .addOrderBy('source.id', direction)
      .skip(query.offset)
      .take(query.pageSize)
      .getManyAndCount();
    const states = new Map((await this.states(rows)).map((state) => [state.source_id, state]));
    return pageOf(
      rows.map((source) => this.viewOf(source, states.get(source.id))),
      total,
      query,
    );
  }

  async view(source: Source): Promise<SourceView> {
    const [state] = await this.states([source]);
    return this.viewOf(source, state);
  }

  private async states(sources: readonly Source[]): Promise<TaskState[]> {
    return (await this.pool.query<TaskState>(TASK_STATES, [sources.map(({ id }) => id)])).rows;
  }

  private callback(source: Source, { options, secretsSet }: Shown): ReturnType<typeof callbackOf> {
    const { type } = source;
    if (!this.registry.has('source', type)) return NO_CALLBACK;
    const { events, configSchema } = this.registry.source(type);
    if (!events) return NO_CALLBACK;
    const lacking = (events.needs ?? []).filter((name) => !secretsSet.includes(name) && options[name] === undefined);
    return callbackOf(
      source,
      this.config.publicUrl,
      lacking.map((name) => ({ name, title: titleOf(configSchema, name) })),
    );
  }

  private callbacks({ taken_at, refused_at, refused_reason }: TaskState): SourceView['callbacks'] {
    const texts = refused_reason === null ? undefined : this.texts.of(refused_reason);
    return { takenAt: taken_at, refusedAt: refused_at, refusedReason: refused_reason, ...(texts && { texts }) };
  }

  private viewOf(source: Source, state: TaskState | undefined): SourceView {
    const shown = this.options.shown(source);
    const adapterError = this.options.unusable(source);
    const installed = this.registry.has('source', source.type);
    return toSourceView(source, {
      lastTask: state && state.task_id !== null ? toLastTaskView(state.task_id, state) : null,
      lastSucceededAt: state?.last_succeeded_at ?? null,
      failedReadId: state?.failed_read_id ?? null,
      unseenReadId: state?.unseen_read_id ?? null,
      adapterError,
      adapterErrorTexts: adapterError === null ? undefined : this.texts.of(adapterError),
      installed,
      readsChanges: installed && readsChanges(this.registry.source(source.type), shown.options),
      callback: this.callback(source, shown),
      callbacks: state?.called === true ? this.callbacks(state) : null,
      shown,
    });
  }
}
