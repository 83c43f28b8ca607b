/** Calls the API with the rights of whoever signed in. */
export type ApiCaller = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ status: number; body: Record<string, unknown> }>;

export const PASSWORD: string;
export function signIn(url: string): Promise<ApiCaller>;
