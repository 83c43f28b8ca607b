import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type CheckResult, RollcallError } from '@rollcall/core';
import { Access } from '../auth/access';
import { Caller, may } from '../auth/caller';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { ConnectionCheckService } from './connection-check.service';
import { SourceEditorService } from './source-editor.service';
import { SourceListService } from './source-list.service';
import { CheckSourceBody, CheckStoredSourceBody, CreateSourceBody, UpdateSourceBody } from './source.dto';
import { CheckView, SourceView } from './source.view';
import { SourcesService } from './sources.service';

@ApiTags('Sources')
@Controller('sources')
@Access('admin')
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly shown: SourceListService,
    private readonly editor: SourceEditorService,
    private readonly connection: ConnectionCheckService,
  ) {}

  @Get()
  @Access('read', 'push')
  @ApiOperation({ summary: 'Sources', description: 'A key with scope push sees its own source only.' })
  @ApiPage(SourceView)
  list(@Query() query: PageQuery, @Caller() caller: Caller): Promise<Page<SourceView>> {
    return this.shown.list(query, may(caller, 'read') ? undefined : ownSource(caller));
  }

  @Get(':id')
  @Access('read', 'push')
  @ApiOperation({ summary: 'One source' })
  @ApiOkResponse({ type: SourceView })
  async get(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<SourceView> {
    if (!may(caller, 'read') && id !== ownSource(caller)) {
      throw new RollcallError('forbidden', 'This key may read its own source only. Use a key with scope read.');
    }
    return this.shown.view(await this.sources.byId(id));
  }

  @Post()
  @ApiOperation({ summary: 'Add a source' })
  @ApiCreatedResponse({ type: SourceView })
  async create(@Body() body: CreateSourceBody, @Caller() caller: Caller): Promise<SourceView> {
    const id = await this.editor.create(caller, body);
    return this.shown.view(await this.sources.byId(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a source', description: 'What is left out stays as it is.' })
  @ApiOkResponse({ type: SourceView })
  async update(
    @Param('id', IdPipe) id: number,
    @Body() body: UpdateSourceBody,
    @Caller() caller: Caller,
  ): Promise<SourceView> {
    await this.editor.update(caller, id, body);
    return this.shown.view(await this.sources.byId(id));
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try options that are not stored' })
  @ApiOkResponse({ type: CheckView })
  check(@Body() body: CheckSourceBody): Promise<CheckResult> {
    return this.connection.checkNew(body.type, body.options ?? {});
  }

  @Post(':id/check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try a source as it is stored, or as it would be after a change' })
  @ApiOkResponse({ type: CheckView })
  async checkStored(@Param('id', IdPipe) id: number, @Body() body: CheckStoredSourceBody): Promise<CheckResult> {
    return this.connection.checkStored(await this.sources.byId(id), body.options);
  }
}

/** 0 is no id: a key that is bound to no source owns none. */
function ownSource(caller: Caller): number {
  return caller.kind === 'key' && caller.sourceId !== null ? caller.sourceId : 0;
}
