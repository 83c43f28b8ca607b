import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, Sse } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { RollcallError } from '@rollcall/core';
import type { Request, Response } from 'express';
import { map, type Observable, takeUntil } from 'rxjs';
import { Access } from '../auth/access';
import { AuditService } from '../audit/audit.service';
import { Caller, may } from '../auth/caller';
import { LastingAccess } from '../auth/lasting-access';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { requestId } from '../http/request-id';
import { withoutBefore, ChangeReader } from './change-reader';
import { ChangeView, FailureGroupView } from './change-view';
import { changesCsv } from './changes-csv';
import { TaskActions } from './task-actions';
import { UndoTasks } from './undo-tasks';
import { TaskReader } from './task-reader';
import { TaskStream } from './task-stream';
import { ChangeCountsView, TaskView } from './task-view';
import { ChangesQuery, SyncBody, TasksQuery } from './tasks.query';

@ApiTags('Tasks')
@ApiExtraModels(ChangeCountsView, TaskView)
@Controller()
export class TasksController {
  constructor(
    private readonly reader: TaskReader,
    private readonly changeReader: ChangeReader,
    private readonly actions: TaskActions,
    private readonly undoTasks: UndoTasks,
    private readonly stream: TaskStream,
    private readonly lasting: LastingAccess,
    private readonly audit: AuditService,
  ) {}

  @Get('tasks')
  @Access('read', 'push')
  @ApiOperation({
    summary: 'Tasks, the newest first',
    description: 'A key with the scope push sees the tasks that it made.',
  })
  @ApiPage(TaskView)
  list(@Query() query: TasksQuery, @Caller() caller: Caller): Promise<Page<TaskView>> {
    return this.reader.list(query, caller);
  }

  @Sse('tasks/events')
  @Access('read')
  @ApiOperation({
    summary: 'Server-sent events: `task`, with the row of the task, whenever it changes',
    description: 'The stream ends within seconds when the key or the session does, or may not read any more.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'The stream', schema: { $ref: getSchemaPath(TaskView) } })
  events(@Req() request: Request): Observable<{ type: string; data: TaskView }> {
    return this.stream.tasks.pipe(
      map((task) => ({ type: 'task', data: task })),
      takeUntil(this.lasting.lost(request, 'read')),
    );
  }

  @Get('tasks/:id')
  @Access('read', 'push')
  @ApiOperation({ summary: 'One task' })
  @ApiOkResponse({ type: TaskView })
  get(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<TaskView> {
    return this.reader.get(id, caller);
  }

  @Get('tasks/:id/changes')
  @Access('read')
  @ApiOperation({
    summary: 'What a task changed, or would change',
    description:
      'Also as `text/csv`, then all of them, for operators. Only operators see the values from before the change.',
  })
  @ApiPage(ChangeView)
  async changes(
    @Param('id', IdPipe) id: number,
    @Query() query: ChangesQuery,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const task = await this.reader.row(id, caller);
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv') {
      const page: Page<ChangeView> = await this.changeReader.page(task, query);
      response.json(may(caller, 'operate') ? page : { ...page, items: page.items.map(withoutBefore) });
      return;
    }
    if (!may(caller, 'operate')) {
      throw new RollcallError(
        'forbidden',
        'Exports need the role operator. Ask an admin for it, or read the list as JSON.',
      );
    }
    await this.audit.record(caller, 'task.export_changes', `task:${id}`);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    response.setHeader('Content-Disposition', `attachment; filename="task-${id}-changes.csv"`);
    await pipeline(Readable.from(changesCsv(this.changeReader.all(task, query))), response);
  }

  @Get('tasks/:id/failures')
  @Access('read')
  @ApiOperation({
    summary:
      'Why changes of a task failed: its failures by target, data type, error code and field, the most frequent first; what failed because it had on another target comes last',
    description:
      'The failures themselves are `GET /api/tasks/{id}/changes` with `outcome=failed`, `code`, `field`, `target` and `dataType`.',
  })
  @ApiPage(FailureGroupView)
  async failures(
    @Param('id', IdPipe) id: number,
    @Query() query: PageQuery,
    @Caller() caller: Caller,
  ): Promise<Page<FailureGroupView>> {
    return this.changeReader.failures(await this.reader.row(id, caller), query);
  }

  @Post('sources/:id/sync')
  @HttpCode(202)
  @Access('operate')
  @ApiOperation({ summary: 'Sync a source now, or preview what a sync would do' })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  async sync(
    @Param('id', IdPipe) id: number,
    @Body() body: SyncBody,
    @Caller() caller: Caller,
    @Req() request: Request,
  ): Promise<TaskView> {
    const apiKeyId = caller.kind === 'key' ? caller.keyId : undefined;
    const task = await this.actions.sync(id, body, { requestId: requestId(request), apiKeyId });
    await this.audit.record(caller, 'source.sync', `source:${id}`, { taskId: task.id });
    return this.reader.get(task.id, caller);
  }

  @Post('tasks/:id/retry')
  @HttpCode(202)
  @Access('operate')
  @ApiOperation({ summary: 'Try again what the task did not apply' })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  retry(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<TaskView> {
    return this.decide('retry', id, caller);
  }

  @Post('tasks/:id/cancel')
  @HttpCode(202)
  @Access('operate')
  @ApiOperation({ summary: 'Stop a task; what is applied stays' })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  cancel(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<TaskView> {
    return this.decide('cancel', id, caller);
  }

  @Post('tasks/:id/approve')
  @HttpCode(202)
  @Access('approve')
  @ApiOperation({ summary: 'Apply exactly the plan that is held' })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  approve(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<TaskView> {
    return this.decide('approve', id, caller);
  }

  @Post('tasks/:id/reject')
  @HttpCode(200)
  @Access('approve')
  @ApiOperation({ summary: 'Throw a held plan away' })
  @ApiOkResponse({ description: 'The task', type: TaskView })
  reject(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<TaskView> {
    return this.decide('reject', id, caller);
  }

  @Post('tasks/:id/undo')
  @HttpCode(202)
  @Access('approve')
  @ApiOperation({
    summary: 'Take back what a task applied, by a new task',
    description:
      'Targets get the values from before; what was made is deleted softly, what was deleted comes back. What somebody ' +
      'has touched since is `stale`. What sources have said stays: it is applied again when a source says something ' +
      'new, or by `POST /api/users/{id}/sync`. An undo can be undone.',
  })
  @ApiAcceptedResponse({ description: 'The new task', type: TaskView })
  @ApiConflictResponse({
    description: '`task_not_undoable`: it is not over, applied nothing, or is undone already',
  })
  async undo(@Param('id', IdPipe) id: number, @Caller() caller: Caller, @Req() request: Request): Promise<TaskView> {
    const apiKeyId = caller.kind === 'key' ? caller.keyId : undefined;
    const task = await this.undoTasks.undo(id, { requestId: requestId(request), apiKeyId });
    await this.audit.record(caller, 'task.undo', `task:${id}`, { taskId: task.id });
    return this.reader.get(task.id, caller);
  }

  private async decide(
    action: 'retry' | 'cancel' | 'approve' | 'reject',
    id: number,
    caller: Caller,
  ): Promise<TaskView> {
    await this.actions[action](id, caller);
    await this.audit.record(caller, `task.${action}`, `task:${id}`);
    return this.reader.get(id, caller);
  }
}
