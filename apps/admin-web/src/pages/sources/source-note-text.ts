import type { TFunction } from 'i18next';
import type { Adapter, SourceNote } from '../../api/types';
import { optionTitle } from '../../i18n/task-names';

/** What an admin should do about a source, in the reader's language; options are called as in the form. */
export function sourceNoteText(t: TFunction, note: SourceNote, adapter: Adapter | undefined): string {
  switch (note.code) {
    case 'no_public_url':
      return t('sourceNote.no_public_url');
    case 'options_lacking': {
      const titles = (note.options ?? []).map((name) => optionTitle(adapter, name));
      return t('sourceNote.options_lacking', { options: titles.join(t('note.comma')) });
    }
    case 'no_full_reads':
      return t('sourceNote.no_full_reads');
    default:
      // A newer service may say more than these pages know.
      return note.message;
  }
}
