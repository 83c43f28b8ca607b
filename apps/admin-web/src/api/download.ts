import { API_BASE } from '../config';
import { failure, unreachableUnless } from './client';

/** By it a spreadsheet knows that a CSV file is UTF-8; what scripts read from the API has none. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Fetches a file and hands it to the browser to be saved. Not a plain link: a refusal would open as a page of JSON, and a
 * link cannot ask for CSV.
 */
export async function download(path: string, accept: string, fileName: string): Promise<void> {
  const response = await unreachableUnless(
    fetch(API_BASE + path, { credentials: 'include', cache: 'no-store', headers: { Accept: accept } }),
  );
  if (!response.ok) throw await failure(response);
  const content = await unreachableUnless(response.blob());
  const address = URL.createObjectURL(accept === 'text/csv' ? new Blob([BYTE_ORDER_MARK, content]) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has begun to save by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
