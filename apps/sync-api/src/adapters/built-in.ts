import type { Adapter } from '@rollcall/core';
import * as sourceHttp from '@rollcall/source-http';
import * as sourceWecom from '@rollcall/source-wecom';
import * as targetDepartments from '@rollcall/target-departments';
import * as targetUsers from '@rollcall/target-users';

/** The adapters that come with Rollcall. Nothing else in the service names one; further ones come from ROLLCALL_ADAPTERS. */
export const BUILT_IN: readonly { package: string; adapters: readonly Adapter[] }[] = [
  { package: '@rollcall/source-http', adapters: sourceHttp.adapters },
  { package: '@rollcall/source-wecom', adapters: sourceWecom.adapters },
  { package: '@rollcall/target-users', adapters: targetUsers.adapters },
  { package: '@rollcall/target-departments', adapters: targetDepartments.adapters },
];
