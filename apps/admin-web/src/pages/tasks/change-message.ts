import { useTranslation } from 'react-i18next';
import type { Change } from '../../api/types';
import { localText } from '../../i18n/note-text';

/** Why a change failed or was left out, in the reader's language as far as that is known. */
export function useChangeMessage(): (change: Pick<Change, 'message' | 'texts'>) => string | undefined {
  const { i18n } = useTranslation();
  return ({ message, texts }) => message && localText(i18n.language, message, texts);
}
