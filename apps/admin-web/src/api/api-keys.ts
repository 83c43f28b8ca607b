import { request } from './client';

/** Makes a key that may push and nothing else. The answer is the only place where the key itself ever shows. */
export async function makePushKey(name: string): Promise<string> {
  const { key } = await request<{ key: string }>('/api/api-keys', { method: 'POST', body: { name, scopes: ['push'] } });
  return key;
}
