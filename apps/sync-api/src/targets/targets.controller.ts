import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CheckResult } from '@rollcall/core';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { CheckView } from '../sources/source.view';
import { TargetBacklogService } from './target-backlog.service';
import { TargetCheckService } from './target-check.service';
import { TargetEditorService } from './target-editor.service';
import { TargetListService } from './target-list.service';
import { CheckStoredTargetBody, CheckTargetBody, CreateTargetBody, UpdateTargetBody } from './target.dto';
import { TargetBacklogView, TargetView } from './target.view';
import { TargetsService } from './targets.service';

@ApiTags('Targets')
@Controller('targets')
@Access('admin')
export class TargetsController {
  constructor(
    private readonly targets: TargetsService,
    private readonly shown: TargetListService,
    private readonly backlogs: TargetBacklogService,
    private readonly editor: TargetEditorService,
    private readonly connection: TargetCheckService,
  ) {}

  @Get()
  @Access('read')
  @ApiOperation({ summary: 'Targets, where records are applied' })
  @ApiPage(TargetView)
  list(@Query() query: PageQuery): Promise<Page<TargetView>> {
    return this.shown.list(query);
  }

  @Get(':id')
  @Access('read')
  @ApiOperation({ summary: 'One target' })
  @ApiOkResponse({ type: TargetView })
  async get(@Param('id', IdPipe) id: number): Promise<TargetView> {
    return this.shown.view(await this.targets.byId(id));
  }

  @Get(':id/backlog')
  @Access('read')
  @ApiOperation({
    summary: 'What a target has not got yet, by source',
    description: 'Counts all records of its sources: with a million of them that takes a second or two.',
  })
  @ApiOkResponse({ type: TargetBacklogView })
  async backlog(@Param('id', IdPipe) id: number): Promise<TargetBacklogView> {
    return this.backlogs.of(await this.targets.byId(id));
  }

  @Post()
  @ApiOperation({
    summary: 'Add a target',
    description: 'It gets everything that its sources know, once the backfill of each was approved.',
  })
  @ApiCreatedResponse({ type: TargetView })
  async create(@Body() body: CreateTargetBody, @Caller() caller: Caller): Promise<TargetView> {
    const id = await this.editor.create(caller, body);
    return this.shown.view(await this.targets.byId(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a target', description: 'What is left out stays as it is.' })
  @ApiOkResponse({ type: TargetView })
  async update(
    @Param('id', IdPipe) id: number,
    @Body() body: UpdateTargetBody,
    @Caller() caller: Caller,
  ): Promise<TargetView> {
    await this.editor.update(caller, id, body);
    return this.shown.view(await this.targets.byId(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a target', description: 'What is there stays there; Rollcall forgets it.' })
  @ApiNoContentResponse({ description: 'It is deleted' })
  async delete(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<void> {
    await this.editor.delete(caller, id);
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try options that are not stored' })
  @ApiOkResponse({ type: CheckView })
  check(@Body() body: CheckTargetBody): Promise<CheckResult> {
    return this.connection.checkNew(body.type, body.options ?? {});
  }

  @Post(':id/check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Try a target as it is stored, or as it would be after a change',
    description: 'What waits for the target to be well again is tried at once when it is well as it is stored.',
  })
  @ApiOkResponse({ type: CheckView })
  async checkStored(@Param('id', IdPipe) id: number, @Body() body: CheckStoredTargetBody): Promise<CheckResult> {
    return this.connection.checkStored(await this.targets.byId(id), body.options);
  }
}
