import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type SchemaField, schemaFields } from './schema-fields';

interface SchemaTableProps {
  schema: Readonly<Record<string, unknown>>;
}

/** The options of an adapter as a table: what can be set, and what it means. */
export function SchemaTable({ schema }: SchemaTableProps): ReactElement {
  const { t } = useTranslation();
  const fields = schemaFields(schema);
  return (
    <section>
      <h2 id="adapter-options">{t('adapters.options')}</h2>
      {fields.length === 0 ? (
        <p className="muted">{t('adapters.noOptions')}</p>
      ) : (
        <div className="card table-scroll" tabIndex={0} role="region" aria-labelledby="adapter-options">
          <table className="plain-table schema-table">
            <thead>
              <tr>
                <th scope="col">{t('adapters.option')}</th>
                <th scope="col">{t('adapters.type')}</th>
                <th scope="col">{t('adapters.meaning')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <SchemaRow key={field.path} field={field} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function SchemaRow({ field }: { field: SchemaField }): ReactElement {
  const { t } = useTranslation();
  const { path, title, description, type, required, secret, defaultValue, values, limits } = field;
  return (
    <tr>
      <th scope="row">
        <code>{path}</code>
        {title !== undefined && <small className="muted">{title}</small>}
      </th>
      <td>
        <div className="badges">
          <span>{t(`schemaFieldType.${type}`)}</span>
          {required && <span className="badge badge-warn">{t('adapters.required')}</span>}
          {secret && <span className="badge">{t('adapters.secret')}</span>}
        </div>
      </td>
      <td>
        {description}
        {values.length > 0 && <small className="muted">{t('adapters.values', { values: values.join(', ') })}</small>}
        {limits.length > 0 && <small className="muted">{limits.join(' · ')}</small>}
        {defaultValue !== undefined && (
          <small className="muted">{t('adapters.default', { value: defaultValue })}</small>
        )}
      </td>
    </tr>
  );
}
