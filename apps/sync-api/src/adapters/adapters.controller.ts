import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RollcallError } from '@rollcall/core';
import { Access } from '../auth/access';
import { ApiPage } from '../http/api-page';
import { type Page, PageQuery, pageOf } from '../http/page';
import { AdapterRegistry } from './adapter-registry';
import { AdapterDetailDto, AdapterDto, toAdapterDto, toUnavailableDto } from './adapter.dto';
import { isKind } from '@rollcall/core/checks';
import { readReadme } from './package-files';

@ApiTags('Adapters')
@Controller('adapters')
@Access('read')
export class AdaptersController {
  constructor(private readonly registry: AdapterRegistry) {}

  /** Every registered adapter, and those that could not be loaded, with the reason. */
  @Get()
  @ApiOperation({ summary: 'Registered adapters, and those that could not be loaded' })
  @ApiPage(AdapterDto)
  list(@Query() query: PageQuery): Page<AdapterDto> {
    const { registry } = this;
    const all = [
      ...[...registry.sources(), ...registry.targets()].map((adapter) => toAdapterDto(registry.entry(adapter))),
      ...registry.unavailable().map(toUnavailableDto),
    ];
    return pageOf(all.slice(query.offset, query.offset + query.pageSize), all.length, query);
  }

  @Get(':kind/:id')
  @ApiOperation({ summary: 'One adapter, with the README of its package' })
  @ApiParam({ name: 'kind', enum: ['source', 'target'], description: 'What it does' })
  @ApiParam({ name: 'id', description: 'Id of the adapter', example: 'wecom' })
  @ApiOkResponse({ type: AdapterDetailDto })
  async get(@Param('kind') kind: string, @Param('id') id: string): Promise<AdapterDetailDto> {
    const { registry } = this;
    if (isKind(kind) && registry.has(kind, id)) {
      const entry = registry.entry(kind === 'source' ? registry.source(id) : registry.target(id));
      return { ...toAdapterDto(entry), readme: await readReadme(entry.directory) };
    }
    const unavailable = registry.unavailable().find((entry) => entry.kind === kind && entry.id === id);
    if (unavailable) return { ...toUnavailableDto(unavailable), readme: null };
    throw new RollcallError('not_found', `There is no ${kind} adapter "${id}".`);
  }
}
