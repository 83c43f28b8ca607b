import { API_PREFIX } from '../http/paths';
import type { Source } from './source.entity';
import type { SourceNoteView, SourceView } from './source.view';

type Callback = Pick<SourceView, 'callbackUrl' | 'notes'>;

/** Its adapter takes no events. */
export const NO_CALLBACK: Callback = { callbackUrl: null, notes: [] };

/** Where the vendor of a source with events sends them, and what is still missing. `lacking`: options that are not set. */
export function callbackOf(
  { name, schedule }: Pick<Source, 'name' | 'schedule'>,
  publicUrl: string | undefined,
  lacking: readonly { name: string; title: string }[],
): Callback {
  const callbackUrl =
    publicUrl === undefined ? null : `${publicUrl.replace(/\/+$/, '')}/${API_PREFIX}/callbacks/${name}`;
  const notes: SourceNoteView[] = [];
  if (callbackUrl === null) {
    notes.push({
      code: 'no_public_url',
      message:
        'Live events cannot arrive: set ROLLCALL_PUBLIC_URL to the address at which the vendor reaches Rollcall, restart it, ' +
        'and enter the callback address that is then shown here at the vendor.',
    });
  }
  if (lacking.length > 0) {
    const titles = lacking.map(({ title }) => title).join(', ');
    notes.push({
      code: 'options_lacking',
      options: lacking.map(({ name }) => name),
      message: `Live events are refused until the source has what they are verified with: ${titles}. Set it in the options.`,
    });
  }
  if (schedule === null) {
    notes.push({
      code: 'no_full_reads',
      message:
        'Events get lost, and some changes are never announced: give the source a schedule of full reads, even with live events.',
    });
  }
  return { callbackUrl, notes };
}
