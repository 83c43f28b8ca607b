import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { ReleaseBody } from './link.dto';
import { SEARCH_LIMIT, USER_SORTS } from './sql/user-lists';
import { UserChangeView } from './user-change.dto';
import { UserHistoryService } from './user-history.service';
import { NewUserBody, UserPatch, UsersQuery, UserView } from './user.dto';
import { UserWritesService } from './user-writes.service';
import { UsersService } from './users.service';

const TAKEN = {
  description:
    '`errors[].code` is `username_taken`, `email_taken` or `phone_taken`; the message names who has it, by id',
};

@ApiTags('Directory')
@Controller('users')
@Access('read')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly writes: UserWritesService,
    private readonly history: UserHistoryService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Users',
    description:
      '`q` finds usernames, e-mails, phone numbers and uids that begin with it, and nicknames that contain it ' +
      '(below three characters: that begin with it, and of two Chinese, Japanese or Korean ones also that end with it). A phone ' +
      `number is found without its plus as well. Exact matches come first; at most ${SEARCH_LIMIT} are found. ` +
      `\`sort\`: ${USER_SORTS.join(', ')}.`,
  })
  @ApiPage(UserView)
  @ApiBadRequestResponse({ description: 'A parameter is not understood' })
  list(@Query() query: UsersQuery): Promise<Page<UserView>> {
    return this.users.list(query, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One user, also a deleted one' })
  @ApiOkResponse({ type: UserView })
  @ApiNotFoundResponse({ description: 'There is no such user' })
  get(@Param('id', IdPipe) id: number): Promise<UserView> {
    return this.users.get(id);
  }

  @Get(':id/changes')
  @ApiOperation({
    summary: 'What happened to a user, the newest first',
    description:
      'What tasks did or failed to do on any target, since the record stands for the user, as long as changes are kept ' +
      '(`ROLLCALL_RETENTION_DAYS`); and what was done by hand. `sort` and `q` are not looked at.',
  })
  @ApiPage(UserChangeView)
  @ApiNotFoundResponse({ description: 'There is no such user' })
  async changes(
    @Param('id', IdPipe) id: number,
    @Query() query: PageQuery,
    @Caller() caller: Caller,
  ): Promise<Page<UserChangeView>> {
    await this.users.get(id);
    return this.history.page(id, query, caller);
  }

  @Post()
  @Access('admin')
  @ApiOperation({
    summary: 'Make a user by hand',
    description: 'No sync removes such a user. A source may still take it over, by its match keys, and fill it.',
  })
  @ApiCreatedResponse({ type: UserView })
  @ApiConflictResponse(TAKEN)
  async create(@Caller() caller: Caller, @Body() body: NewUserBody): Promise<UserView> {
    return this.users.get(await this.writes.create(caller, body));
  }

  @Patch(':id')
  @Access('admin')
  @ApiOperation({
    summary: 'Change a user by hand',
    description: 'Fields whose value really differs are written and locked: syncs leave them alone from then on.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiNotFoundResponse({ description: 'There is no such user' })
  @ApiConflictResponse({ description: `The user is deleted, or a value is taken: ${TAKEN.description}` })
  async patch(@Caller() caller: Caller, @Param('id', IdPipe) id: number, @Body() body: UserPatch): Promise<UserView> {
    await this.writes.patch(caller, id, body);
    return this.users.get(id);
  }

  @Post(':id/restore')
  @Access('admin')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Undo the deletion of a user',
    description: 'The user comes back with the same id and stays until a source says something new. Safe to repeat.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiNotFoundResponse({ description: 'There is no such user' })
  @ApiConflictResponse(TAKEN)
  async restore(@Caller() caller: Caller, @Param('id', IdPipe) id: number): Promise<UserView> {
    await this.writes.restore(caller, id);
    return this.users.get(id);
  }

  @Delete(':id')
  @Access('admin')
  @ApiOperation({
    summary: 'Delete a user whom no source states',
    description: 'The user can be restored until the grace period is over (30 days). Safe to repeat.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiNotFoundResponse({ description: 'There is no such user' })
  @ApiConflictResponse({ description: 'A source states the user, and would bring them back' })
  async delete(@Caller() caller: Caller, @Param('id', IdPipe) id: number): Promise<UserView> {
    await this.writes.delete(caller, id);
    return this.users.get(id);
  }

  @Post(':id/release')
  @Access('admin')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let go of a field of a user',
    description:
      'A username, e-mail or phone is emptied, so that the record which it blocks can have it. A field that was locked by ' +
      'hand is unlocked, and what the sources say about it is applied with their next sync, or by `POST ' +
      '/api/users/{id}/sync`.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiNotFoundResponse({ description: 'There is no such user' })
  @ApiConflictResponse({ description: 'The user does not hold the field' })
  async release(
    @Caller() caller: Caller,
    @Param('id', IdPipe) id: number,
    @Body() { field }: ReleaseBody,
  ): Promise<UserView> {
    await this.writes.release(caller, id, field);
    return this.users.get(id);
  }
}
