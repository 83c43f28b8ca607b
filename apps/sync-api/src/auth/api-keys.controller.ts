import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { Access } from './access';
import { ApiKeyBody, ApiKeyView, NewApiKeyView } from './api-keys.dto';
import { ApiKeysService } from './api-keys.service';
import { Caller } from './caller';

@ApiTags('Accounts')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Access('read')
  @ApiOperation({ summary: 'API keys, without the keys themselves' })
  @ApiPage(ApiKeyView)
  list(@Query() query: PageQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(query);
  }

  @Post()
  @Access('accounts')
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Make an API key', description: 'The answer carries the key, once. No key can make keys.' })
  @ApiCreatedResponse({ type: NewApiKeyView })
  create(@Body() body: ApiKeyBody, @Caller() caller: Caller): Promise<NewApiKeyView> {
    return this.keys.create(body, caller);
  }

  @Delete(':id')
  @Access('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key at once' })
  @ApiNoContentResponse({ description: 'The key is unknown from now on' })
  async revoke(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<void> {
    await this.keys.revoke(id, caller);
  }
}
