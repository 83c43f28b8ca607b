import { ApiError } from '../api/api-error';
import { request } from '../api/client';

/** The code of a page did not come because the service is away. A browser asks for it once: it takes a reload when it is back. */
export class PageAway extends ApiError {
  constructor({ code, status, message }: ApiError) {
    super(code, status, message);
  }
}

/** A browser does not say why code did not come: the service may be away, or be another version by now. */
export async function whyNotCome(error: unknown): Promise<unknown> {
  const why = await serviceProblem();
  return why?.status === 0 ? new PageAway(why) : error;
}

/** What keeps the service from answering; undefined: it does. */
export async function serviceProblem(): Promise<ApiError | undefined> {
  try {
    await request('/api/health/live');
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
