import { API_PREFIX } from '../http/paths';
import type { Source } from './source.entity';
import type { SourceView } from './source.view';

type Callback = Pick<SourceView, 'callbackUrl' | 'notes'>;

/** Its adapter takes no events. */
export const NO_CALLBACK: Callback = { callbackUrl: null, notes: [] };

/** Where the vendor of a source with events sends them, and what is still missing. `lacking`: options that are not set, by title. */
export function callbackOf(
  { name, schedule }: Pick<Source, 'name' | 'schedule'>,
  publicUrl: string | undefined,
  lacking: readonly string[],
): Callback {
  const callbackUrl =
    publicUrl === undefined ? null : `${publicUrl.replace(/\/+$/, '')}/${API_PREFIX}/callbacks/${name}`;
  const notes: string[] = [];
  if (callbackUrl === null) {
    notes.push(
      'Live events cannot arrive: set ROLLCALL_PUBLIC_URL to the address at which the vendor reaches Rollcall, restart it, ' +
        'and enter the callback address that is then shown here at the vendor.',
    );
  }
  if (lacking.length > 0) {
    notes.push(
      `Live events are refused until the source has what they are verified with: ${lacking.join(', ')}. Set it in the options.`,
    );
  }
  if (schedule === null) {
    notes.push(
      'Events get lost, and some changes are never announced: give the source a schedule of full reads, even with live events.',
    );
  }
  return { callbackUrl, notes };
}
