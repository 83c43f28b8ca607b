import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RollcallError } from '@rollcall/core';
import type { Repository } from 'typeorm';
import { prefixPattern } from '../http/like';
import { type Page, type PageQuery, pageOf, sortOf } from '../http/page';
import { TargetOptions } from './target-options';
import { Target } from './target.entity';
import { type TargetView, toTargetView } from './target.view';

/** Finds and shows targets. */
@Injectable()
export class TargetsService {
  constructor(
    @InjectRepository(Target) private readonly targets: Repository<Target>,
    private readonly options: TargetOptions,
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
    return pageOf(
      rows.map((target) => this.view(target)),
      total,
      query,
    );
  }

  async byId(id: number): Promise<Target> {
    // Its ids are small numbers in Postgres as well.
    const target = id < 2 ** 15 ? await this.targets.findOneBy({ id }) : null;
    if (target) return target;
    throw new RollcallError('not_found', `There is no target ${id}.`);
  }

  view(target: Target): TargetView {
    return toTargetView(target, this.options.shown(target));
  }
}
