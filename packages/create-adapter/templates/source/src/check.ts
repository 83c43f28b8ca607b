import { type AdapterContext, type CheckResult, isRollcallError } from '@rollcall/core';
import { getPage } from './client.js';
import type { Options } from './config.js';

/** What "Test connection" does: asks for something that needs every option, and names the one that is wrong. */
export async function check(context: AdapterContext<Options>): Promise<CheckResult> {
  try {
    const { items } = await getPage(context, 'people', {});
    return { ok: true, message: `It answers: ${items.length} people on the first page.` };
  } catch (error) {
    if (!isRollcallError(error) || error.field === undefined) throw error;
    const { field, message } = error;
    return { ok: false, message, errors: [{ field, message }] };
  }
}
