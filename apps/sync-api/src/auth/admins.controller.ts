import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { Config } from '../config';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, PageQuery } from '../http/page';
import { Access } from './access';
import { AdminBody, AdminPatch, AdminView, InvitationView, NewAdminView } from './admins.dto';
import { AdminsService } from './admins.service';
import { Caller } from './caller';
import type { Invitation } from './invitations.service';

@ApiTags('Accounts')
@Controller('admins')
export class AdminsController {
  constructor(
    private readonly admins: AdminsService,
    private readonly config: Config,
  ) {}

  @Get()
  @Access('read')
  @ApiOperation({ summary: 'Who may sign in' })
  @ApiPage(AdminView)
  list(@Query() query: PageQuery): Promise<Page<AdminView>> {
    return this.admins.list(query);
  }

  @Post()
  @Access('accounts')
  @ApiCookieAuth()
  @ApiOperation({
    summary: 'Invite an admin',
    description: 'The answer carries a one-time link to copy and hand over; whoever opens it chooses the password.',
  })
  @ApiCreatedResponse({ type: NewAdminView })
  async create(@Body() body: AdminBody, @Caller() caller: Caller, @Req() request: Request): Promise<NewAdminView> {
    const { admin, invitation } = await this.admins.create(body, caller);
    return Object.assign(new NewAdminView(), admin, { invitation: this.linkOf(invitation, request) });
  }

  @Patch(':id')
  @Access('accounts')
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Change username or role', description: 'A new role ends the sessions of the account.' })
  @ApiOkResponse({ type: AdminView })
  update(@Param('id', IdPipe) id: number, @Body() body: AdminPatch, @Caller() caller: Caller): Promise<AdminView> {
    return this.admins.update(id, body, caller);
  }

  @Post(':id/invitation')
  @Access('accounts')
  @ApiCookieAuth()
  @ApiOperation({ summary: 'A new one-time link', description: 'For a lost invitation or a forgotten password.' })
  @ApiCreatedResponse({ type: InvitationView })
  async invite(
    @Param('id', IdPipe) id: number,
    @Caller() caller: Caller,
    @Req() request: Request,
  ): Promise<InvitationView> {
    return this.linkOf(await this.admins.invite(id, caller), request);
  }

  @Delete(':id/invitation')
  @Access('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a one-time link', description: 'The account goes on as it is.' })
  @ApiNoContentResponse({ description: 'No link works any more' })
  async withdraw(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<void> {
    await this.admins.withdraw(id, caller);
  }

  @Delete(':id')
  @Access('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an account and its sessions', description: 'The last admin cannot be removed.' })
  @ApiNoContentResponse({ description: 'The account is gone' })
  async remove(@Param('id', IdPipe) id: number, @Caller() caller: Caller): Promise<void> {
    await this.admins.remove(id, caller);
  }

  /** The token stands behind `#`, which browsers send to nobody. */
  private linkOf({ token, expiresAt }: Invitation, request: Request): InvitationView {
    const base = this.config.publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
    return { link: `${base}/accept-invitation#${token}`, expiresAt };
  }
}
