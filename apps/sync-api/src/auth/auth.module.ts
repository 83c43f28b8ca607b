import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessCheck } from './access-check';
import { AccessGuard } from './access.guard';
import { AuthController } from './auth.controller';
import { Authenticator } from './authenticator';
import { FirstStartService } from './first-start.service';
import { InvitationsService } from './invitations.service';
import { PasswordsService } from './passwords.service';
import { Sessions } from './sessions';
import { SIGN_IN_LIMITS } from './sign-in-limit.guard';

/** Who calls, and what they may do. */
@Module({
  imports: [DiscoveryModule, ThrottlerModule.forRoot(SIGN_IN_LIMITS)],
  controllers: [AuthController],
  providers: [
    AccessCheck,
    Authenticator,
    FirstStartService,
    InvitationsService,
    PasswordsService,
    Sessions,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
export class AuthModule {}
