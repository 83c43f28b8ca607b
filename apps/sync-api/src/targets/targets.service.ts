import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RollcallError } from '@rollcall/core';
import type { Repository } from 'typeorm';
import { prefixPattern } from '../http/like';
import { type Page, type PageQuery, pageOf, sortOf } from '../http/page';
import { Target } from './target.entity';
import type { TargetView } from './target.view';

/** Targets that every installation has. */
const BUILT_IN = ['users', 'departments'];

/** Shows where records are applied. */
@Injectable()
export class TargetsService {
  constructor(@InjectRepository(Target) private readonly targets: Repository<Target>) {}

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
    return pageOf(rows.map(toView), total, query);
  }

  async get(id: number): Promise<TargetView> {
    // Its ids are small numbers in Postgres as well.
    const target = id < 2 ** 15 ? await this.targets.findOneBy({ id }) : null;
    if (target) return toView(target);
    throw new RollcallError('not_found', `There is no target ${id}.`);
  }
}

function toView({ id, name, type, enabled, options }: Target): TargetView {
  return { id, name, type, enabled, options, secretsSet: [], builtIn: BUILT_IN.includes(name) };
}
