import { type ReactElement, useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/choice';
import { SearchBox } from '../../ui/search-box';
import { AUDIT_AREAS, type AuditSearch } from './audit-search';
import { useSubjectName } from './subject';

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
}

const ALL = 'all';

export function AuditFilters({ search, onChange }: AuditFiltersProps): ReactElement {
  const { t } = useTranslation();
  const nameOf = useSubjectName();
  const onQuery = useCallback((q: string | undefined) => onChange({ q, page: undefined }), [onChange]);
  return (
    <>
      <SearchBox label={t('audit.search')} value={search.q} onChange={onQuery} />
      <Choice
        label={t('audit.area')}
        value={search.area ?? ALL}
        options={[
          { value: ALL, label: t('audit.allAreas') },
          ...AUDIT_AREAS.map((value) => ({ value, label: t(`auditArea.${value}`) })),
        ]}
        onChange={(area) => onChange({ area: area === ALL ? undefined : area, page: undefined })}
      />
      <Day label={t('audit.from')} value={search.from} onChange={(from) => onChange({ from, page: undefined })} />
      <Day label={t('audit.to')} value={search.to} onChange={(to) => onChange({ to, page: undefined })} />
      {search.subject !== undefined && (
        <button
          type="button"
          className="button audit-subject"
          aria-label={t('audit.clearSubject', { subject: nameOf(search.subject) })}
          onClick={() => onChange({ subject: undefined, page: undefined })}
        >
          {nameOf(search.subject)} <span aria-hidden="true">×</span>
        </button>
      )}
    </>
  );
}

interface DayProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Day({ label, value, onChange }: DayProps): ReactElement {
  const id = useId();
  return (
    <span className="audit-day">
      <label htmlFor={id} className="muted">
        {label}
      </label>
      <input
        id={id}
        type="date"
        className="select"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </span>
  );
}
