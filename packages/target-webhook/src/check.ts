import { randomUUID } from 'node:crypto';
import type { AdapterContext, CheckResult } from '@rollcall/core';
import { post } from './client';
import type { WebhookOptions } from './config';
import type { PingMessage } from './message';
import { statusError } from './status-error';

const PING: PingMessage = { type: 'rollcall.ping', data: {} };

/** Sends a signed `rollcall.ping`, which changes nothing. What keeps it from arriving is thrown, and names the option. */
export async function check(context: AdapterContext<WebhookOptions>): Promise<CheckResult> {
  const answer = await post(context, JSON.stringify(PING), `msg_${randomUUID().replaceAll('-', '')}`);
  const error = statusError(answer);
  if (error) throw error;
  return { ok: true, message: `${new URL(answer.url).host} took a signed ping and answered ${answer.status}.` };
}
