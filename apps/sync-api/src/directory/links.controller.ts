import { Body, Controller, Delete, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { IdPipe } from '../http/id.pipe';
import { requestId } from '../http/request-id';
import type { MadeBy } from '../tasks/record-tasks';
import { TaskReader } from '../tasks/task-reader';
import { TaskView } from '../tasks/task-view';
import { NewLinkBody } from './link.dto';
import { LinksService } from './links.service';

/** Which record stands for whom, by hand. */
@ApiTags('Directory')
@Controller()
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly tasks: TaskReader,
  ) {}

  @Post('users/:id/sync')
  @HttpCode(202)
  @Access('operate')
  @ApiOperation({
    summary: 'Apply what the sources say about a user again',
    description:
      'Everything that their records say, whether it changed or not: after an undo, or after a hand has been let go. One ' +
      'task for each source that states the user; the answer is the first.',
  })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  @ApiNotFoundResponse({ description: 'There is no such user' })
  @ApiConflictResponse({ description: 'No source states the user' })
  async sync(@Param('id', IdPipe) id: number, @Caller() caller: Caller, @Req() request: Request): Promise<TaskView> {
    const task = await this.links.applyAgain(caller, id, madeBy(caller, request));
    return this.tasks.get(task.id, caller);
  }

  @Post('links')
  @HttpCode(202)
  @Access('admin')
  @ApiOperation({
    summary: 'Link a record of a source to a user',
    description:
      'For what match keys cannot decide. The task applies what the record says, as a change of the kind `link`; to a ' +
      'protected user nothing is applied. A record that has not been stated yet is linked when it is.',
  })
  @ApiAcceptedResponse({ description: 'The task', type: TaskView })
  @ApiNotFoundResponse({ description: 'There is no such source or user' })
  @ApiConflictResponse({ description: 'The record, or the user, is linked already' })
  async link(@Body() body: NewLinkBody, @Caller() caller: Caller, @Req() request: Request): Promise<TaskView> {
    const task = await this.links.link(caller, body, madeBy(caller, request));
    return this.tasks.get(task.id, caller);
  }

  @Delete('links/:id')
  @HttpCode(204)
  @Access('admin')
  @ApiOperation({
    summary: 'Take a record from its user or department',
    description:
      'What it wrote stays, except memberships and owners that its source stated. It is never linked there again by ' +
      'itself: when it says something new, it gets a user of its own, or matches another one. Targets elsewhere go on being ' +
      'told what the record says.',
  })
  @ApiNoContentResponse({ description: 'It stands for nobody now' })
  @ApiNotFoundResponse({ description: 'There is no such link' })
  async unlink(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<void> {
    await this.links.unlink(caller, id);
  }
}

function madeBy(caller: Caller, request: Request): MadeBy {
  return { requestId: requestId(request), apiKeyId: caller.kind === 'key' ? caller.keyId : undefined };
}
