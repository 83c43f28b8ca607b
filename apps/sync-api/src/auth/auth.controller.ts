import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Config } from '../config';
import { Access } from './access';
import { AcceptInvitationBody, InvitationBody, InvitedView, MeView, PasswordBody, SignInBody } from './auth.dto';
import { Caller, type AdminCaller, may } from './caller';
import { InvitationsService } from './invitations.service';
import { PasswordsService } from './passwords.service';
import { refuseCrossSite } from './same-site';
import { Sessions } from './sessions';
import { SignInLimitGuard } from './sign-in-limit.guard';

@ApiTags('Accounts')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly invitations: InvitationsService,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  @Post('sign-in')
  @Access('public')
  @UseGuards(SignInLimitGuard)
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in',
    description: 'The session is a cookie that scripts in the page cannot read. It ends after 12 hours without use.',
  })
  @ApiOkResponse({ type: MeView })
  async signIn(
    @Body() body: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    // Somebody else's page must not sign a browser in as somebody either.
    refuseCrossSite(request, this.config);
    const { admin, cookie } = await this.passwords.signIn(body.username, body.password);
    response.setHeader('Set-Cookie', cookie);
    return meOf(admin);
  }

  @Post('sign-out')
  @Access('session')
  @HttpCode(204)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'End the session' })
  @ApiNoContentResponse({ description: 'The session is over' })
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    response.setHeader('Set-Cookie', await this.sessions.close(request));
  }

  @Get('me')
  @Access('any')
  @ApiOperation({ summary: 'Who calls, and what that allows' })
  @ApiOkResponse({ type: MeView })
  me(@Caller() caller: Caller): MeView {
    return meOf(caller);
  }

  @Post('password')
  @Access('session')
  @UseGuards(SignInLimitGuard)
  @HttpCode(200)
  @ApiCookieAuth()
  @ApiOperation({
    summary: 'Change the own password',
    description: 'Ends every session of the account; the answer carries the cookie of a new one.',
  })
  @ApiOkResponse({ type: MeView })
  async changePassword(
    @Body() body: PasswordBody,
    @Caller() caller: AdminCaller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    response.setHeader('Set-Cookie', await this.passwords.change(caller, body.currentPassword, body.newPassword));
    return meOf(caller);
  }

  @Post('invitation')
  @Access('public')
  @UseGuards(SignInLimitGuard)
  @HttpCode(200)
  @ApiOperation({
    summary: 'Whom an invitation link is for',
    description: 'Uses nothing up. 404: the link was used, replaced, or is too old.',
  })
  @ApiOkResponse({ type: InvitedView })
  invitation(@Body() { token }: InvitationBody): Promise<InvitedView> {
    return this.invitations.find(token);
  }

  @Post('accept-invitation')
  @Access('public')
  @UseGuards(SignInLimitGuard)
  @HttpCode(200)
  @ApiOperation({ summary: 'Choose a password with the token of an invitation link, and sign in' })
  @ApiOkResponse({ type: MeView })
  async acceptInvitation(
    @Body() body: AcceptInvitationBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    refuseCrossSite(request, this.config);
    const { admin, cookie } = await this.invitations.accept(body.token, body.password);
    response.setHeader('Set-Cookie', cookie);
    return meOf(admin);
  }
}

const SHOWN = ['read', 'operate', 'approve', 'push', 'admin', 'accounts'] as const;

function meOf(caller: Caller): MeView {
  const allowed = SHOWN.filter((level) => may(caller, level));
  if (caller.kind === 'admin') {
    return { kind: 'admin', id: caller.adminId, name: caller.username, role: caller.role, may: allowed };
  }
  const { keyId, name, scopes, sourceId } = caller;
  return { kind: 'key', id: keyId, name, scopes, sourceId, may: allowed };
}
