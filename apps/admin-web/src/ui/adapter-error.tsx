import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../api/types';
import { localText } from '../i18n/note-text';
import { Notice } from './notice';

type Unusable = Pick<Source, 'adapterError' | 'adapterErrorTexts'>;

/** Why nothing can be done with a source or a target, where its adapter is the reason. */
export function AdapterError({ of, title }: { of: Unusable; title: string }): ReactElement | null {
  const { i18n } = useTranslation();
  if (of.adapterError === null) return null;
  return (
    <Notice kind="error" title={title}>
      {localText(i18n.language, of.adapterError, of.adapterErrorTexts)}
    </Notice>
  );
}
