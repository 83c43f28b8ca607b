import { Controller, Delete, Param, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { IdPipe } from '../http/id.pipe';
import { requestId } from '../http/request-id';
import { DeleteSourceQuery } from '../sources/source.dto';
import { SourceDeletion } from './source-deletion.service';
import { TaskReader } from './task-reader';
import { TaskView } from './task-view';

/** Deleting a source may take a task, which is why it does not stand with the other routes of sources. */
@ApiTags('Sources')
@Controller('sources')
@Access('admin')
export class SourceDeletionController {
  constructor(
    private readonly deletion: SourceDeletion,
    private readonly reader: TaskReader,
  ) {}

  @Delete(':id')
  @ApiOperation({
    summary: 'Delete a source',
    description:
      'Keys that are bound to it go with it. With `people=remove` it is disabled, and a task removes whom only this ' +
      'source states, held by the limits like any other; the source is deleted when everything was applied.',
  })
  @ApiNoContentResponse({ description: '`people=keep`: it is deleted' })
  @ApiAcceptedResponse({ description: '`people=remove`: the task', type: TaskView })
  async delete(
    @Param('id', IdPipe) id: number,
    @Query() { people }: DeleteSourceQuery,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TaskView | undefined> {
    if (people === 'keep') {
      await this.deletion.keepPeople(caller, id);
      response.status(204);
      return undefined;
    }
    const apiKeyId = caller.kind === 'key' ? caller.keyId : undefined;
    const task = await this.deletion.removePeople(caller, id, { requestId: requestId(request), apiKeyId });
    response.status(202);
    return this.reader.get(task.id, caller);
  }
}
