import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Source } from '../sources/source.entity';
import { AccessCheck } from './access-check';
import { AccessGuard } from './access.guard';
import { Admin } from './admin.entity';
import { AdminsController } from './admins.controller';
import { AdminsService } from './admins.service';
import { ApiKey } from './api-key.entity';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';
import { AuthController } from './auth.controller';
import { Authenticator } from './authenticator';
import { FirstStartService } from './first-start.service';
import { InvitationsService } from './invitations.service';
import { LastingAccess } from './lasting-access';
import { PasswordsService } from './passwords.service';
import { Sessions } from './sessions';
import { SIGN_IN_LIMITS } from './sign-in-limit.guard';

/** Who calls, and what they may do. */
@Module({
  imports: [
    DiscoveryModule,
    ThrottlerModule.forRoot(SIGN_IN_LIMITS),
    TypeOrmModule.forFeature([Admin, ApiKey, Source]),
  ],
  controllers: [AuthController, ApiKeysController, AdminsController],
  providers: [
    AccessCheck,
    AdminsService,
    ApiKeysService,
    Authenticator,
    FirstStartService,
    InvitationsService,
    LastingAccess,
    PasswordsService,
    Sessions,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [LastingAccess],
})
export class AuthModule {}
