import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { TargetView } from './target.view';
import { TargetsService } from './targets.service';

@ApiTags('Targets')
@Controller('targets')
@Access('read')
export class TargetsController {
  constructor(private readonly targets: TargetsService) {}

  @Get()
  @ApiOperation({ summary: 'Targets, where records are applied' })
  @ApiPage(TargetView)
  list(@Query() query: PageQuery): Promise<Page<TargetView>> {
    return this.targets.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One target' })
  @ApiOkResponse({ type: TargetView })
  get(@Param('id', IdPipe) id: number): Promise<TargetView> {
    return this.targets.get(id);
  }
}
