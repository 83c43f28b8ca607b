import {
  enumOptionsDeselectValue,
  enumOptionsSelectValue,
  type EnumOptionsType,
  type RegistryWidgetsType,
  type WidgetProps,
} from '@rjsf/utils';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsId, helpId } from './ids';
import { members } from './schema';
import { tidied } from './tidied';

/** The value is what the options hold: of any type. */
type Props = Pick<
  WidgetProps,
  | 'id'
  | 'name'
  | 'label'
  | 'hideLabel'
  | 'schema'
  | 'options'
  | 'required'
  | 'disabled'
  | 'readonly'
  | 'rawErrors'
  | 'registry'
  | 'onChange'
> & { value?: unknown };

/** The form library draws no label for the choice between alternatives, only the heading of what they are alternatives for. */
const CHOOSES_ALTERNATIVE = /__(?:one|any)of_select$/;

/** What every control says of itself. */
function common({ id, label, hideLabel, required, disabled, readonly, rawErrors, schema }: Props) {
  const wrong = rawErrors !== undefined && rawErrors.length > 0;
  const chooses = CHOOSES_ALTERNATIVE.test(id);
  const helped = Boolean(schema.description) || (schema.default !== undefined && !chooses);
  const described = [helped && helpId(id), wrong && errorsId(id)].filter(Boolean).join(' ');
  return {
    id,
    disabled: disabled === true || readonly === true,
    ...((hideLabel === true || chooses) && { 'aria-label': label }),
    'aria-required': required === true,
    'aria-invalid': wrong,
    ...(described !== '' && { 'aria-describedby': described }),
  };
}

/** Empty is not set: the option is left out, and the adapter's default holds. */
const orAbsent = (text: string): string | undefined => (text === '' ? undefined : text);
const asText = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

/** What is pasted brings blanks along. */
function tidy({ schema, value, onChange }: Props): void {
  if (typeof value !== 'string') return;
  const text = tidied(schema, value);
  if (text !== value) onChange(orAbsent(text));
}

function Text(props: Props): ReactElement {
  return props.schema.const === undefined ? <Input {...props} /> : <Fixed {...props} />;
}

/** There is one value that it can have. */
function Fixed({ schema, value, onChange }: Props): ReactElement {
  const only: unknown = schema.const;
  useEffect(() => {
    if (value !== only) onChange(only);
  }, [value, only, onChange]);
  return <output>{asText(only)}</output>;
}

function Input(props: Props): ReactElement {
  const { schema, value, onChange } = props;
  const numeric = schema.type === 'integer' || schema.type === 'number';
  return (
    <input
      {...common(props)}
      className="form-input"
      type="text"
      {...(numeric && { inputMode: schema.type === 'integer' ? 'numeric' : 'decimal' })}
      {...(schema.format === 'uri' && { inputMode: 'url' })}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      data-narrow={numeric || undefined}
      value={asText(value)}
      onChange={(event) => onChange(orAbsent(event.target.value))}
      onBlur={() => tidy(props)}
    />
  );
}

function Textarea(props: Props): ReactElement {
  return (
    <textarea
      {...common(props)}
      className="form-input"
      rows={1}
      spellCheck={false}
      value={asText(props.value)}
      onChange={(event) => props.onChange(orAbsent(event.target.value))}
    />
  );
}

/** What is stored never comes back: the field says that there is something, and takes another one. */
function Secret(props: Props): ReactElement {
  const { t } = useTranslation();
  const { name, value, required, onChange, label } = props;
  const [shown, setShown] = useState(false);
  const { secretsSet = [] } = props.registry.formContext as { secretsSet?: readonly string[] };
  const stored = secretsSet.includes(name);
  const attributes = common(props);
  const cleared = value === null;
  return (
    <div className="form-secret">
      <input
        {...attributes}
        className="form-input"
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={
          stored
            ? t(cleared ? 'form.secretCleared' : attributes.disabled ? 'form.secretIsSet' : 'form.secretSet')
            : undefined
        }
        value={asText(value)}
        onChange={(event) => onChange(orAbsent(event.target.value))}
        onBlur={() => tidy(props)}
      />
      {asText(value) !== '' && (
        <button
          type="button"
          className="button"
          aria-label={t(shown ? 'form.hideNamed' : 'form.showNamed', { name: label })}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'form.hide' : 'form.show')}
        </button>
      )}
      {stored && required !== true && asText(value) === '' && (
        <button
          type="button"
          className="button"
          disabled={attributes.disabled}
          aria-label={t(cleared ? 'form.keepNamed' : 'form.removeNamed', { name: label })}
          onClick={() => onChange(cleared ? undefined : null)}
        >
          {t(cleared ? 'form.keep' : 'form.remove')}
        </button>
      )}
    </div>
  );
}

function Select(props: Props): ReactElement {
  const { value, schema, required, onChange } = props;
  const options = choices(props);
  const chosen = value ?? schema.default;
  const position = options.findIndex((option) => option.value === chosen);
  return (
    <select
      {...common(props)}
      className="select form-select"
      value={position}
      onChange={(event) => onChange(options[Number(event.target.value)]?.value)}
    >
      {(position < 0 || (required !== true && schema.default === undefined)) && <option value={-1} />}
      {options.map((option, index) => (
        <option key={index} value={index}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function Checkbox(props: Props): ReactElement {
  const { value, schema, label, onChange, id } = props;
  return (
    <div className="form-check">
      <input
        {...common(props)}
        type="checkbox"
        checked={(value ?? schema.default) === true}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {Boolean(schema.description) && (
          <p id={helpId(id)} className="form-help">
            {schema.description}
          </p>
        )}
      </div>
    </div>
  );
}

/** Any number of given values. */
function Ticks(props: Props): ReactElement {
  const { id, value, label, onChange, options } = props;
  const { disabled, 'aria-describedby': describedBy } = common(props);
  const all = choices(props);
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <div role="group" aria-label={label} aria-describedby={describedBy} id={id} className="form-ticks">
      {all.map((option, index) => (
        <label key={index} className="form-tick">
          <input
            type="checkbox"
            disabled={disabled}
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? enumOptionsSelectValue(index, chosen, options.enumOptions)
                  : enumOptionsDeselectValue(index, chosen, options.enumOptions),
              )
            }
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

/** The values of an enum, by the names that the adapter gives them in the reader's language. */
function choices({ options, schema }: Props): EnumOptionsType[] {
  const labels = members(schema['x-labels'] ?? members(schema.items)['x-labels']);
  return (options.enumOptions ?? []).map((option) => {
    const label = labels[String(option.value)];
    return typeof label === 'string' ? { ...option, label } : option;
  });
}

/** A list of texts or numbers, one a line: that is how they are pasted. */
function Lines(props: Props): ReactElement {
  const { value, schema, onChange } = props;
  const list: unknown[] = Array.isArray(value) ? value : [];
  const items = schema.items;
  const numeric = typeof items === 'object' && !Array.isArray(items) && items.type !== 'string';
  // An empty last line belongs to what is being typed, not to the list.
  const [text, setText] = useState(() => list.map(asText).join('\n'));
  return (
    <textarea
      {...common(props)}
      className="form-input"
      rows={Math.min(Math.max(text.split('\n').length, 3), 8)}
      spellCheck={false}
      inputMode={numeric ? 'numeric' : 'text'}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const lines = event.target.value.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
        onChange(lines.length === 0 ? undefined : lines.map((line) => (numeric ? numberOf(line) : line)));
      }}
    />
  );
}

/** What is no number stays text, for the service to refuse. */
const numberOf = (line: string): number | string => (Number.isFinite(Number(line)) ? Number(line) : line);

export const widgets: RegistryWidgetsType = {
  TextWidget: Text,
  URLWidget: Text,
  EmailWidget: Text,
  DateWidget: Text,
  DateTimeWidget: Text,
  TimeWidget: Text,
  UpDownWidget: Text,
  TextareaWidget: Textarea,
  PasswordWidget: Secret,
  SelectWidget: Select,
  RadioWidget: Select,
  CheckboxWidget: Checkbox,
  CheckboxesWidget: Ticks,
  lines: Lines,
  ticks: Ticks,
};
