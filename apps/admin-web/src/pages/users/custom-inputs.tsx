import { Button } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../i18n/field-name';
import { TextField } from '../../ui/fields';
import type { CustomProblem, CustomRow } from './custom-fields';

interface CustomFieldsProps {
  rows: readonly CustomRow[];
  onChange: (rows: CustomRow[]) => void;
  problems: ReadonlyMap<number, CustomProblem>;
  /** What the service said of a field. */
  errorOf: (name: string) => string | undefined;
}

export function CustomFields({ rows, onChange, problems, errorOf }: CustomFieldsProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const set = (key: number, change: Partial<CustomRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const add = (): void => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    onChange([...rows, { key, name: '', text: '', json: false, stored: false }]);
  };
  return (
    <fieldset className="custom-fields">
      <legend>{t('custom.title')}</legend>
      {rows.map((row) => {
        const problem = problems.get(row.key);
        const error = (problem && t(`custom.${problem}`)) ?? errorOf(row.name);
        return (
          <div className="custom-field" key={row.key}>
            {!row.stored && (
              <TextField
                id={`${id}-name-${row.key}`}
                label={t('custom.fieldName')}
                value={row.name}
                onChange={({ target }) => set(row.key, { name: target.value })}
              />
            )}
            <TextField
              id={`${id}-${row.key}`}
              label={row.stored ? fieldName(t, row.name, 'user') : t('custom.value')}
              value={row.text}
              error={error}
              help={row.json ? t('custom.jsonHelp') : undefined}
              onChange={({ target }) => set(row.key, { text: target.value })}
            />
            <Button
              type="text"
              aria-label={t('custom.removeField', { name: row.name })}
              onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
            >
              {t('custom.remove')}
            </Button>
          </div>
        );
      })}
      <Button onClick={add}>{t('custom.add')}</Button>
    </fieldset>
  );
}
