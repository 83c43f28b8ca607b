import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/format';
import { pagesAround } from './pages-around';
import './list-pages.css';

interface ListPagesProps {
  current: number;
  pageSize: number;
  total: number;
  onChange: (page: number) => void;
  /** Where there is no room: only the page before and the next one. */
  small?: boolean;
}

/**
 * Leads to the pages of a list; nothing where there is but one. The component library's own is not used: its numbers are list
 * items that take the focus, and have no names.
 */
export function ListPages({ current, pageSize, total, onChange, small = false }: ListPagesProps): ReactElement | null {
  const { t } = useTranslation();
  const formats = useFormats();
  const last = Math.ceil(total / pageSize);
  if (last <= 1) return null;
  const step = (page: number, name: string, sign: string): ReactElement => {
    const away = page < 1 || page > last;
    return (
      <li>
        {/* At the end it keeps the focus. */}
        <button
          type="button"
          aria-label={name}
          title={name}
          aria-disabled={away}
          onClick={() => {
            if (!away) onChange(page);
          }}
        >
          {sign}
        </button>
      </li>
    );
  };
  return (
    <nav className={small ? 'list-pages list-pages-small' : 'list-pages'} aria-label={t('list.pages')}>
      <ul>
        {step(current - 1, t('list.previousPage'), '‹')}
        {small ? (
          <li>{t('list.pageOf', { page: current, last })}</li>
        ) : (
          pagesAround(current, last).map((page, index) =>
            page === null ? (
              <li key={`gap-${index}`} aria-hidden="true">
                …
              </li>
            ) : (
              <li key={page}>
                <button
                  type="button"
                  aria-label={t('list.page', { page })}
                  aria-current={page === current ? 'page' : undefined}
                  onClick={() => onChange(page)}
                >
                  {formats.number(page)}
                </button>
              </li>
            ),
          )
        )}
        {step(current + 1, t('list.nextPage'), '›')}
      </ul>
    </nav>
  );
}
