import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RollcallError } from '@rollcall/core';
import { ILike, In, type Repository } from 'typeorm';
import { AuditService } from '../audit/audit.service';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { containsPattern } from '../http/like';
import { type Page, type PageQuery, pageOf, sortOf } from '../http/page';
import { plainRefusal } from '../http/refusals';
import { Source } from '../sources/source.entity';
import { ApiKey } from './api-key.entity';
import { type ApiKeyBody, type ApiKeyView, NewApiKeyView } from './api-keys.dto';
import type { Caller } from './caller';
import { insertApiKey } from './new-api-key';

const SORTABLE = ['id', 'name', 'createdAt', 'lastUsedAt', 'expiresAt'] as const;

/** Makes, lists and revokes API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    @InjectRepository(Source) private readonly sources: Repository<Source>,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly audit: AuditService,
  ) {}

  async list(query: PageQuery): Promise<Page<ApiKeyView>> {
    const { property, direction } = sortOf(query.sort, SORTABLE, '-createdAt');
    const [keys, total] = await this.keys.findAndCount({
      where: query.q ? { name: ILike(containsPattern(query.q)) } : {},
      order: property === 'id' ? { id: direction } : { [property]: direction, id: direction },
      skip: query.offset,
      take: query.pageSize,
    });
    return pageOf(await this.withSources(keys), total, query);
  }

  async create(body: ApiKeyBody, caller: Caller): Promise<NewApiKeyView> {
    const sourceId = body.sourceId ?? null;
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    if (expiresAt && expiresAt.getTime() <= Date.now()) throw invalid('expiresAt', 'must be in the future');
    if (sourceId !== null) await this.checkBinding(sourceId, body);
    const made = await inTransaction(this.pool, async (client) => {
      const key = await insertApiKey(client, { name: body.name, scopes: body.scopes, sourceId, expiresAt });
      const details = { name: body.name, scopes: body.scopes, sourceId, expiresAt };
      await this.audit.record(caller, 'api_key.create', `api_key:${key.id}`, details, client);
      return key;
    });
    const [view] = await this.withSources(await this.keys.findBy({ id: made.id }));
    if (!view) throw plainRefusal('key_revoked');
    return Object.assign(new NewApiKeyView(), view, { key: made.token });
  }

  /** From the next request on the key is unknown. */
  async revoke(id: number, caller: Caller): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ name: string }>('delete from api_keys where id = $1 returning name', [id]);
      const key = rows[0];
      if (!key) throw new RollcallError('not_found', `There is no API key ${id}.`);
      await this.audit.record(caller, 'api_key.revoke', `api_key:${id}`, { name: key.name }, client);
    });
  }

  private async checkBinding(sourceId: number, { scopes }: ApiKeyBody): Promise<void> {
    if (scopes.includes('admin'))
      throw invalid('sourceId', 'cannot bind a key with scope admin, which may do everything');
    if (!scopes.includes('push')) throw invalid('sourceId', 'binds what is pushed, so the scopes must include push');
    if (!(await this.sources.existsBy({ id: sourceId }))) {
      throw new RollcallError('source_unknown', `There is no source ${sourceId}. GET /api/sources lists them.`);
    }
  }

  private async withSources(keys: readonly ApiKey[]): Promise<ApiKeyView[]> {
    const ids = keys.flatMap((key) => key.sourceId ?? []);
    const sources = ids.length === 0 ? [] : await this.sources.findBy({ id: In(ids) });
    const names = new Map(sources.map(({ id, name }) => [id, name]));
    return keys.map(({ id, name, hint, scopes, sourceId, expiresAt, lastUsedAt, createdAt }) => {
      const source = sourceId === null ? null : { id: sourceId, name: names.get(sourceId) ?? '' };
      return { id, name, hint, scopes, source, expiresAt, lastUsedAt, createdAt };
    });
  }
}

function invalid(field: string, message: string): RollcallError {
  return new RollcallError('invalid_request', `${field}: ${message}.`, {
    errors: [{ pointer: `/${field}`, code: 'invalid', message }],
  });
}
