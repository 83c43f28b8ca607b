import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access';
import { ApiPage } from '../http/api-page';
import { type Page, PageQuery, pageOf } from '../http/page';
import { AdapterRegistry } from './adapter-registry';
import { AdapterDto, toAdapterDto, toUnavailableDto } from './adapter.dto';

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
      ...[...registry.sources(), ...registry.targets()].map((adapter) =>
        toAdapterDto(adapter, registry.origin(adapter)),
      ),
      ...registry.unavailable().map(toUnavailableDto),
    ];
    return pageOf(all.slice(query.offset, query.offset + query.pageSize), all.length, query);
  }
}
