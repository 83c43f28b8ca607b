import { defineSource, type SourceAdapter } from '@rollcall/core';
import { receive } from './callback';
import { check } from './check';
import { type Timing, VENDOR_TIMING } from './client';
import { configSchema, type WecomOptions } from './config';
import { readEvents } from './event-read';
import { pull } from './pull';
import { DESCRIPTION, TEXTS } from './texts';
import { VERSION } from './version';

/** WeCom (企业微信): its departments and members, read in full and by live events. `timing`: shorter waits, for tests. */
export function createWecomSource(timing: Timing = VENDOR_TIMING): SourceAdapter<WecomOptions> {
  return defineSource<WecomOptions>({
    id: 'wecom',
    title: 'WeCom (企业微信)',
    description: DESCRIPTION,
    texts: TEXTS,
    version: VERSION,
    configSchema,
    // WeCom's userids are unique without regard to case.
    uidCase: 'insensitive',
    check: (context) => check(context, timing),
    pull: (context) => pull(context, timing),
    events: {
      needs: ['callbackToken', 'encodingAesKey'],
      receive,
      read: (context) => readEvents(context, timing),
    },
  });
}
