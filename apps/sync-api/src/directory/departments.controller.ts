import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import type { Page } from '../http/page';
import {
  DepartmentPatch,
  DepartmentsQuery,
  DepartmentView,
  MembershipBody,
  MembershipView,
  NewDepartmentBody,
} from './department.dto';
import { DepartmentWritesService } from './department-writes.service';
import { DepartmentsService } from './departments.service';
import { MembershipsService } from './memberships.service';
import { MembersQuery, UserView } from './user.dto';
import { UsersService } from './users.service';

const CYCLE = { description: '`department_cycle`: the parent is the department itself or below it' };

@ApiTags('Directory')
@Controller('departments')
@Access('read')
export class DepartmentsController {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly writes: DepartmentWritesService,
    private readonly memberships: MembershipsService,
    private readonly users: UsersService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Departments',
    description:
      '`q` finds titles that contain it (below three characters: that begin with it) and uids that begin with it. ' +
      'Exact matches come first. `sort`: sort, id, title, createdAt, updatedAt.',
  })
  @ApiPage(DepartmentView)
  @ApiBadRequestResponse({ description: 'A parameter is not understood' })
  list(@Query() query: DepartmentsQuery): Promise<Page<DepartmentView>> {
    return this.departments.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One department' })
  @ApiOkResponse({ type: DepartmentView })
  @ApiNotFoundResponse({ description: 'There is no such department, or it is deleted' })
  get(@Param('id', IdPipe) id: number): Promise<DepartmentView> {
    return this.departments.get(id);
  }

  @Post()
  @Access('admin')
  @ApiOperation({ summary: 'Make a department by hand', description: 'No sync removes it.' })
  @ApiCreatedResponse({ type: DepartmentView })
  async create(@Caller() caller: Caller, @Body() body: NewDepartmentBody): Promise<DepartmentView> {
    return this.departments.get(await this.writes.create(caller, body));
  }

  @Patch(':id')
  @Access('admin')
  @ApiOperation({
    summary: 'Change a department by hand',
    description: 'Fields whose value really differs are written and locked: syncs leave them alone from then on.',
  })
  @ApiOkResponse({ type: DepartmentView })
  @ApiNotFoundResponse({ description: 'There is no such department, or it is deleted' })
  @ApiUnprocessableEntityResponse(CYCLE)
  async patch(
    @Caller() caller: Caller,
    @Param('id', IdPipe) id: number,
    @Body() body: DepartmentPatch,
  ): Promise<DepartmentView> {
    await this.writes.patch(caller, id, body);
    return this.departments.get(id);
  }

  @Delete(':id')
  @Access('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a department that no source states and that is empty' })
  @ApiNoContentResponse({ description: 'It is deleted' })
  @ApiNotFoundResponse({ description: 'There is no such department, or it is deleted' })
  @ApiConflictResponse({ description: 'A source states it, or somebody or another department is in it' })
  async delete(@Caller() caller: Caller, @Param('id', IdPipe) id: number): Promise<void> {
    await this.writes.delete(caller, id);
  }

  @Get(':id/users')
  @ApiOperation({ summary: 'Users in a department', description: 'Takes what the list of users takes.' })
  @ApiPage(UserView)
  @ApiNotFoundResponse({ description: 'There is no such department, or it is deleted' })
  async members(@Param('id', IdPipe) id: number, @Query() query: MembersQuery): Promise<Page<UserView>> {
    await this.departments.get(id);
    return this.users.list(query, { departmentId: id });
  }

  @Put(':id/users/:userId')
  @Access('admin')
  @ApiOperation({
    summary: 'Put a user into a department by hand',
    description: 'Survives every sync, beside what sources say. Safe to repeat.',
  })
  @ApiOkResponse({ type: MembershipView })
  @ApiNotFoundResponse({ description: 'There is no such user or department' })
  put(
    @Caller() caller: Caller,
    @Param('id', IdPipe) id: number,
    @Param('userId', IdPipe) userId: number,
    @Body() body: MembershipBody,
  ): Promise<MembershipView> {
    return this.memberships.put(caller, id, userId, body);
  }

  @Delete(':id/users/:userId')
  @Access('admin')
  @ApiOperation({
    summary: 'Take back a membership that was made by hand',
    description: 'The answer says whether a source still states it. Safe to repeat.',
  })
  @ApiOkResponse({ type: MembershipView })
  @ApiNotFoundResponse({ description: 'There is no such user or department' })
  @ApiConflictResponse({ description: 'Only a source says so: remove the membership there' })
  remove(
    @Caller() caller: Caller,
    @Param('id', IdPipe) id: number,
    @Param('userId', IdPipe) userId: number,
  ): Promise<MembershipView> {
    return this.memberships.delete(caller, id, userId);
  }
}
