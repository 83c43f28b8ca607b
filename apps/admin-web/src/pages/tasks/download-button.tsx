import { useMutation } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/download';
import { problemText } from '../../i18n/problem-text';

interface DownloadButtonProps {
  path: string;
  /** Media type to ask for. */
  accept: string;
  fileName: string;
  /** There is nothing to save (yet). */
  disabled?: boolean;
  /** Why that is so for good. */
  reason?: string | undefined;
  children: ReactNode;
}

/** Saves a file; why it is not there shows beside the button. */
export function DownloadButton({
  path,
  accept,
  fileName,
  disabled = false,
  reason,
  children,
}: DownloadButtonProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const file = useMutation({ mutationFn: () => download(path, accept, fileName) });
  return (
    <span className="download">
      <button
        type="button"
        className="button button-small"
        disabled={disabled}
        {...(reason !== undefined && { 'aria-describedby': id })}
        aria-disabled={file.isPending}
        onClick={() => {
          if (!file.isPending) file.mutate();
        }}
      >
        {file.isPending ? t('task.downloading') : children}
      </button>
      {reason !== undefined && (
        <small id={id} className="muted">
          {reason}
        </small>
      )}
      {file.isError && <small role="alert">{problemText(t, file.error)}</small>}
    </span>
  );
}
