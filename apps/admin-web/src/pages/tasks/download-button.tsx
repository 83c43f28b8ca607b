import { useMutation } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/download';
import { problemText } from '../../i18n/problem-text';

interface DownloadButtonProps {
  path: string;
  /** Media type to ask for. */
  accept: string;
  fileName: string;
  /** There is nothing to save yet. */
  disabled?: boolean;
  children: ReactNode;
}

/** Saves a file; why it is not there shows beside the button. */
export function DownloadButton({
  path,
  accept,
  fileName,
  disabled = false,
  children,
}: DownloadButtonProps): ReactElement {
  const { t } = useTranslation();
  const file = useMutation({ mutationFn: () => download(path, accept, fileName) });
  return (
    <span className="download">
      <button
        type="button"
        className="button button-small"
        disabled={disabled}
        aria-disabled={file.isPending}
        onClick={() => {
          if (!file.isPending) file.mutate();
        }}
      >
        {file.isPending ? t('task.downloading') : children}
      </button>
      {file.isError && <small role="alert">{problemText(t, file.error)}</small>}
    </span>
  );
}
