import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isRemoteTarget } from '@rollcall/core';
import type { Repository } from 'typeorm';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { MessageTexts } from '../adapters/message-texts';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { prefixPattern } from '../http/like';
import { type Page, type PageQuery, pageOf, sortOf } from '../http/page';
import { type LastTaskRow, toLastTaskView } from '../sources/source.view';
import { TargetOptions } from './target-options';
import { viewNote } from '../tasks/note-view';
import type { Note } from '../tasks/notes';
import { AWAY, LAST_TASKS, REVIEWS } from './target-sql';
import { Target } from './target.entity';
import {
  type TargetAwayView,
  type TargetReviewView,
  type TargetTaskView,
  type TargetView,
  toTargetView,
} from './target.view';

interface TargetTaskRow extends LastTaskRow, Pick<TargetTaskView, 'id' | 'failed'> {
  targetId: number;
}

interface ReviewRow extends Pick<TargetReviewView, 'taskId' | 'status' | 'rejected'> {
  targetId: number;
  sourceId: number;
  sourceName: string;
}

interface AwayRow extends Omit<TargetAwayView, 'source' | 'notes'> {
  targetId: number;
  notes: Note[] | null;
  sourceId: number;
  sourceName: string;
}

/** Shows targets, with what their tasks and adapters say of them. */
@Injectable()
export class TargetListService {
  constructor(
    @InjectRepository(Target) private readonly targets: Repository<Target>,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly options: TargetOptions,
    private readonly texts: MessageTexts,
  ) {}

  async list(query: PageQuery): Promise<Page<TargetView>> {
    const selection = this.targets.createQueryBuilder('target');
    if (query.q) selection.andWhere('target.name like :name', { name: prefixPattern(query.q.toLowerCase()) });
    const { property, direction } = sortOf(query.sort, ['id', 'name', 'type'], 'id');
    const [rows, total] = await selection
      .orderBy(`target.${property}`, direction)
      .addOrderBy('target.id', direction)
      .skip(query.offset)
      .take(query.pageSize)
      .getManyAndCount();
    return pageOf(await this.views(rows), total, query);
  }

  async view(target: Target): Promise<TargetView> {
    const [view] = await this.views([target]);
    if (!view) throw new Error(`Target ${target.id} has no view.`);
    return view;
  }

  private async views(targets: readonly Target[]): Promise<TargetView[]> {
    const ids = targets.map(({ id }) => id);
    const names = targets.map(({ name }) => name);
    const [tasks, reviews, away] = await Promise.all([
      this.pool.query<TargetTaskRow>(LAST_TASKS, [ids, names]),
      this.pool.query<ReviewRow>(REVIEWS, [ids]),
      this.pool.query<AwayRow>(AWAY, [ids]),
    ]);
    return targets.map((target) => {
      const task = tasks.rows.find(({ targetId }) => targetId === target.id);
      const waiting = away.rows.find(({ targetId }) => targetId === target.id);
      return toTargetView(target, {
        lastTask: task ? { ...toLastTaskView(task.id, task), failed: task.failed } : null,
        reviews: reviews.rows.filter(({ targetId }) => targetId === target.id).map(reviewOf),
        away: waiting ? this.awayOf(waiting) : null,
        ...this.unusable(target),
        shown: this.options.shown(target),
        remote: this.registry.has('target', target.type) && isRemoteTarget(this.registry.target(target.type)),
      });
    });
  }

  private unusable(target: Target): Pick<TargetView, 'adapterError' | 'adapterErrorTexts'> {
    const adapterError = this.options.unusable(target);
    const adapterErrorTexts = adapterError === null ? undefined : this.texts.of(adapterError);
    return { adapterError, ...(adapterErrorTexts && { adapterErrorTexts }) };
  }

  private awayOf({ since, taskId, nextAttemptAt, message, notes, sourceId, sourceName }: AwayRow): TargetAwayView {
    const said = (notes ?? []).map((note) => viewNote(note, this.texts));
    return { since, taskId, source: { id: sourceId, name: sourceName }, nextAttemptAt, message, notes: said };
  }
}

function reviewOf({ taskId, status, rejected, sourceId, sourceName }: ReviewRow): TargetReviewView {
  return { taskId, status, rejected, source: { id: sourceId, name: sourceName } };
}
