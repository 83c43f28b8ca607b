import { Body, Controller, Headers, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { requestId } from '../http/request-id';
import { Idempotency } from './idempotency';
import { readPushRequest } from './push-request';
import { PushSources, requireMatchKey } from './push-sources';
import { PUSH_ACCEPTED_SCHEMA, PUSH_ANSWER_SCHEMA, PUSH_BODY_SCHEMA } from './push.schema';
import { PushService } from './push.service';

@ApiTags('Push')
@Controller()
export class PushController {
  constructor(
    private readonly pushes: PushService,
    private readonly sources: PushSources,
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
    const source = await this.sources.of(caller, { name: push.sourceName }, push.dryRun);
    requireMatchKey(source, push.matchKey);
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
}
