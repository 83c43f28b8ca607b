import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessCheck } from './access-check';
import { AccessGuard } from './access.guard';
import { Authenticator } from './authenticator';
import { FirstStartService } from './first-start.service';
import { Sessions } from './sessions';

/** Who calls, and what they may do. */
@Module({
  imports: [DiscoveryModule],
  providers: [Authenticator, Sessions, AccessCheck, FirstStartService, { provide: APP_GUARD, useClass: AccessGuard }],
})
export class AuthModule {}
