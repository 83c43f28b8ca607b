import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { Access } from '../auth/access';
import { Caller, may } from '../auth/caller';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { orderBy, type Page, pageOf, PageQuery } from '../http/page';
import { requestId } from '../http/request-id';
import { readSentRecords } from '../push/push-request';
import { SENT_RECORDS_SCHEMA } from '../push/push.schema';
import { TaskReader } from '../tasks/task-reader';
import { TaskView } from '../tasks/task-view';
import { CommitSnapshotBody, OpenSnapshotBody, SnapshotView, TakenRecordsView, viewSnapshot } from './snapshot.dto';
import { SnapshotStore } from './snapshot-store';
import { SnapshotsService } from './snapshots.service';

const SORTS = { id: 's.id', createdAt: 's.created_at', expiresAt: 's.expires_at' };

@ApiTags('Snapshots')
@Controller('snapshots')
export class SnapshotsController {
  constructor(
    private readonly snapshots: SnapshotsService,
    private readonly store: SnapshotStore,
    private readonly tasks: TaskReader,
  ) {}

  @Post()
  @Access('push')
  @ApiOperation({
    summary: 'Open a snapshot: a complete read for those who can only POST',
    description:
      'Blocks nothing, and expires after 24 hours. Opening another one of the same source and data type takes the place ' +
      'of one that is still open. Whoever is pushed while it is open keeps what was pushed.',
  })
  @ApiCreatedResponse({ description: 'The open snapshot', type: SnapshotView })
  async open(@Body() body: OpenSnapshotBody, @Caller() caller: Caller): Promise<SnapshotView> {
    return viewSnapshot(await this.snapshots.open(caller, body));
  }

  @Get()
  @Access('read', 'push')
  @ApiOperation({
    summary: 'Snapshots that are open or were committed, the newest first',
    description: 'A key with the scope push sees those that it opened.',
  })
  @ApiPage(SnapshotView)
  async list(@Query() query: PageQuery, @Caller() caller: Caller): Promise<Page<SnapshotView>> {
    const { rows, total } = await this.store.list(query, orderBy(query.sort, SORTS, '-id', 's.id'), readerOf(caller));
    return pageOf(rows.map(viewSnapshot), total, query);
  }

  @Get(':id')
  @Access('read', 'push')
  @ApiOperation({ summary: 'One snapshot' })
  @ApiOkResponse({ type: SnapshotView })
  async get(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<SnapshotView> {
    return viewSnapshot(await this.store.get(id, readerOf(caller)));
  }

  @Post(':id/records')
  @HttpCode(200)
  @Access('push')
  @ApiOperation({
    summary: 'Add records to a snapshot',
    description:
      'Any number of requests, in parallel too, each up to 100,000 records and 20 MB. A uid that is sent again replaces ' +
      'what was sent before.',
  })
  @ApiBody({ schema: SENT_RECORDS_SCHEMA })
  @ApiOkResponse({ description: 'What was taken', type: TakenRecordsView })
  add(@Param('id', IdPipe) id: number, @Body() body: unknown, @Caller() caller: Caller): Promise<TakenRecordsView> {
    return this.snapshots.add(caller, id, readSentRecords(body));
  }

  @Post(':id/commit')
  @HttpCode(202)
  @Access('push')
  @ApiOperation({
    summary: 'Everything was sent: make it a task',
    description:
      'Whoever is not in the snapshot has left the source, unless a record came without a uid. When `expected` is not ' +
      'what arrived nothing changes, and the snapshot stays open. Committed again it answers with the same task.',
  })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  async commit(
    @Param('id', IdPipe) id: number,
    @Body() body: CommitSnapshotBody,
    @Caller() caller: Caller,
    @Req() request: Request,
  ): Promise<TaskView> {
    const task = await this.snapshots.commit(caller, id, body, requestId(request));
    return this.tasks.get(task.id, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('push')
  @ApiOperation({ summary: 'Abort an open snapshot' })
  @ApiNoContentResponse({ description: 'It is gone, with what was sent' })
  async abort(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<void> {
    await this.snapshots.abort(caller, id);
  }
}

/** A key that may only push sees the snapshots that it opened. */
function readerOf(caller: Caller): number | null {
  return caller.kind === 'key' && !may(caller, 'read') ? caller.keyId : null;
}
