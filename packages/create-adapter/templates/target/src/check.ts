import { type AdapterContext, type CheckResult, isRollcallError } from '@rollcall/core';
import { noSuchApi, send } from './client.js';
import type { Options } from './config.js';

/** What "Test connection" does: asks for something that needs every option and changes nothing, and names the one that is wrong. */
export async function check(context: AdapterContext<Options>): Promise<CheckResult> {
  try {
    const { status } = await send(context, 'GET', 'people?limit=1');
    if (status !== 200) throw noSuchApi();
    return { ok: true, message: 'It answers, and takes the token.' };
  } catch (error) {
    if (!isRollcallError(error) || error.field === undefined) throw error;
    const { field, message } = error;
    return { ok: false, message, errors: [{ field, message }] };
  }
}
