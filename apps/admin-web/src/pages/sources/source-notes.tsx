import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Adapter, Source } from '../../api/types';
import { Notice } from '../../ui/notice';
import { sourceNoteText } from './source-note-text';
import '../../ui/fold-card.css';

/**
 * What an admin should do about a source. Who has not set up live events may never want them: how to do that is told to whoever
 * asks, and no warning.
 */
export function SourceNotes({
  notes,
  adapter,
}: Pick<Source, 'notes'> & { adapter: Adapter | undefined }): ReactElement {
  const { t } = useTranslation();
  if (!notes.some(({ code }) => code === 'options_lacking')) {
    return (
      <>
        {notes.map((note) => (
          <Notice key={note.code} kind="warning">
            {sourceNoteText(t, note, adapter)}
          </Notice>
        ))}
      </>
    );
  }
  return (
    <details className="card fold-card">
      <summary>{t('sourceNote.title')}</summary>
      <ul className="fold-card-text">
        {notes.map((note) => (
          <li key={note.code}>{sourceNoteText(t, note, adapter)}</li>
        ))}
      </ul>
    </details>
  );
}
