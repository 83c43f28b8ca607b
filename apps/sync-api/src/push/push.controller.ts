import { Body, Controller, Headers, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RollcallError } from '@rollcall/core';
import type { Request, Response } from 'express';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { requestId } from '../http/request-id';
import type { Source } from '../sources/source.entity';
import { SourcesService } from '../sources/sources.service';
import { Idempotency } from './idempotency';
import { type PushRequest, readPushRequest } from './push-request';
import { PUSH_ACCEPTED_SCHEMA, PUSH_ANSWER_SCHEMA, PUSH_BODY_SCHEMA } from './push.schema';
import { PushService } from './push.service';

/** The source of pushes that name none and come with a key that is bound to none. */
const DEFAULT_SOURCE = 'api';

@ApiTags('Push')
@Controller()
export class PushController {
  constructor(
    private readonly pushes: PushService,
    private readonly sources: SourcesService,
    private readonly idempotency: Idempotency,
  ) {}

  @Post('userData\\:push')
  @Access('push')
  @ApiOperation({
    summary: 'Push users or departments',
    description:
      'Up to 100,000 records and 20 MB. A record that fails does not fail the push: look at `data.status` and ' +
      '`failedRecords`. Pushing the same thing twice changes nothing.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body gives the first answer again for 24 hours',
  })
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`respond-async`: answer 202 at once and run in the queue',
  })
  @ApiBody({ schema: PUSH_BODY_SCHEMA })
  @ApiOkResponse({ description: 'The push ran to its end', schema: PUSH_ANSWER_SCHEMA })
  @ApiAcceptedResponse({ description: 'Held, or still running', schema: PUSH_ACCEPTED_SCHEMA })
  async push(
    @Body() body: unknown,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
    @Headers('Idempotency-Key') idempotencyKey?: string,
    @Headers('Prefer') prefer?: string,
  ): Promise<void> {
    const push = readPushRequest(body);
    const source = await this.sourceOf(push, caller);
    requireMatchKey(source, push);
    const owner = caller.kind === 'key' ? `key ${caller.keyId}` : `admin ${caller.adminId}`;
    const answer = await this.idempotency.once(owner, idempotencyKey, body, () =>
      this.pushes.push(source, push, {
        async: /(^|[\s,;])respond-async($|[\s,;])/i.test(prefer ?? ''),
        requestId: requestId(request),
        apiKeyId: caller.kind === 'key' ? caller.keyId : undefined,
      }),
    );
    response.status(answer.status).json(answer.body);
  }

  private async sourceOf({ sourceName, dryRun }: PushRequest, caller: Caller): Promise<Source> {
    const bound =
      caller.kind === 'key' && caller.sourceId !== null ? await this.sources.byId(caller.sourceId) : undefined;
    if (bound && sourceName !== undefined && sourceName !== bound.name) {
      throw new RollcallError(
        'forbidden',
        `This key pushes to the source "${bound.name}" only. Leave sourceName out, or use another key.`,
        { errors: [{ pointer: '/sourceName', code: 'forbidden', message: `this key is bound to "${bound.name}"` }] },
      );
    }
    const source = bound ?? (await this.sources.byName(sourceName ?? DEFAULT_SOURCE));
    if (source.type !== 'push') {
      throw new RollcallError(
        'invalid_request',
        `The source "${source.name}" reads from its own system and takes no pushes. Name a source of the type push.`,
        { errors: [{ pointer: '/sourceName', code: 'not_a_push_source', message: 'is not of the type push' }] },
      );
    }
    if (!source.enabled && !dryRun) {
      throw new RollcallError('source_disabled', `The source "${source.name}" is disabled. An admin can enable it.`);
    }
    return source;
  }
}

function requireMatchKey(source: Source, { matchKey }: PushRequest): void {
  if (matchKey === undefined || source.matchKey.some((allowed) => allowed === matchKey)) return;
  const allowed = source.matchKey.length > 0 ? source.matchKey.join(', ') : 'none';
  throw new RollcallError(
    'match_key_not_allowed',
    `The source "${source.name}" allows these matchKeys: ${allowed}. Choose one of them, or let an admin add it.`,
    { errors: [{ pointer: '/matchKey', code: 'match_key_not_allowed', message: `must be one of: ${allowed}` }] },
  );
}
