import { dirname } from 'node:path';
import * as sourceHttp from '@rollcall/source-http';
import * as sourceWecom from '@rollcall/source-wecom';
import * as targetDepartments from '@rollcall/target-departments';
import * as targetUsers from '@rollcall/target-users';
import * as targetWebhook from '@rollcall/target-webhook';
import type { BuiltInPackage } from './load-adapters';

const directoryOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** The adapters that come with Rollcall. Nothing else in the service names one; for further ones see wanted-packages.ts. */
export const BUILT_IN: readonly BuiltInPackage[] = [
  {
    package: '@rollcall/source-http',
    directory: directoryOf('@rollcall/source-http'),
    icons: { 'source push': 'icons/push.svg', 'source http': 'icons/http.svg' },
    adapters: sourceHttp.adapters,
  },
  {
    package: '@rollcall/source-wecom',
    directory: directoryOf('@rollcall/source-wecom'),
    icons: { 'source wecom': 'icons/wecom.svg' },
    adapters: sourceWecom.adapters,
  },
  {
    package: '@rollcall/target-users',
    directory: directoryOf('@rollcall/target-users'),
    adapters: targetUsers.adapters,
  },
  {
    package: '@rollcall/target-departments',
    directory: directoryOf('@rollcall/target-departments'),
    adapters: targetDepartments.adapters,
  },
  {
    package: '@rollcall/target-webhook',
    directory: directoryOf('@rollcall/target-webhook'),
    icons: { 'target webhook': 'icons/webhook.svg' },
    adapters: targetWebhook.adapters,
  },
];
