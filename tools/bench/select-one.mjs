// The service with one more route, POST /api/bench/select-one: what any answer costs that asks Postgres once, behind the
// same middleware, guards and logs as a push, which read the same body. The product has no such route.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPOSITORY } from '../bootstrap.mjs';

const dist = createRequire(join(REPOSITORY, 'apps/sync-api/dist/main.js'));
const { Controller, HttpCode, Inject, Post } = dist('@nestjs/common');
const { Access } = dist('./auth/access');
const { AppModule } = dist('./app.module');
const { PG_POOL } = dist('./database/pg-pool');

class SelectOneController {
  constructor(pool) {
    this.pool = pool;
  }

  async post() {
    return (await this.pool.query('select 1 as one')).rows[0];
  }
}
Inject(PG_POOL)(SelectOneController, undefined, 0);
const { prototype } = SelectOneController;
for (const decorate of [Post(), HttpCode(200), Access('push')]) {
  decorate(prototype, 'post', Object.getOwnPropertyDescriptor(prototype, 'post'));
}
Controller('bench/select-one')(SelectOneController);

const forRoot = AppModule.forRoot;
AppModule.forRoot = async (config) => ({ ...(await forRoot(config)), controllers: [SelectOneController] });
dist('./main');
