import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RollcallError } from '@rollcall/core';
import type { Repository } from 'typeorm';
import { Target } from './target.entity';

/** Finds targets. */
@Injectable()
export class TargetsService {
  constructor(@InjectRepository(Target) private readonly targets: Repository<Target>) {}

  async byId(id: number): Promise<Target> {
    // Its ids are small numbers in Postgres as well.
    const target = id < 2 ** 15 ? await this.targets.findOneBy({ id }) : null;
    if (target) return target;
    throw new RollcallError('not_found', `There is no target ${id}.`);
  }
}
