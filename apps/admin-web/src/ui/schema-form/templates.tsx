import {
  ADDITIONAL_PROPERTY_FLAG,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  canExpand,
  deepEquals,
  type FieldErrorProps,
  type FieldTemplateProps,
  type MultiSchemaFieldTemplateProps,
  type ObjectFieldTemplateProps,
  type OptionalDataControlsTemplateProps,
  type TemplatesType,
  type UnsupportedFieldProps,
} from '@rjsf/utils';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Folded } from '../folded';
import { errorsId, helpId } from './ids';
import { namelessPairs } from './nameless';
import { NamesBefore, Pair } from './pair';
import { RemoveButton } from './remove-button';
import { applies, isAdvanced, isLines, members, type Options } from './schema';

/** A label, the help to it, the control, and below it what is wrong. Objects, lists and ticks bring their own heading. */
function Field(props: FieldTemplateProps): ReactElement {
  const { id, children, errors, hidden, required, displayLabel, schema, rawDescription } = props;
  const { t } = useTranslation();
  // A fixed value tells alternatives apart, and is set by choosing one.
  if (hidden === true || schema.const !== undefined) return <div hidden>{children}</div>;
  const alone = schema.type === 'array' && !isLines(schema);
  // What was added by name is called so in the field beside.
  const label = ADDITIONAL_PROPERTY_FLAG in schema ? (schema.title ?? t('form.value')) : props.label;
  // A select shows its default by itself.
  const preset = schema.enum === undefined ? schema.default : undefined;
  return (
    <Pair {...props}>
      <div className="form-field">
        {displayLabel === true && (
          <div className="form-label">
            {alone ? <span>{label}</span> : <label htmlFor={id}>{label}</label>}
            {required === true && <Required />}
          </div>
        )}
        {displayLabel === true && <Help id={id} text={rawDescription} lines={isLines(schema)} preset={preset} />}
        {children}
        {errors}
      </div>
    </Pair>
  );
}

function Required(): ReactElement {
  const { t } = useTranslation();
  return <small className="muted">{t('form.required')}</small>;
}

interface HelpProps {
  id: string;
  text: string | undefined;
  /** It takes a list, a line each. */
  lines?: boolean;
  preset?: unknown;
}

function Help({ id, text = '', lines = false, preset }: HelpProps): ReactElement | null {
  const { t } = useTranslation();
  const shown = (typeof preset === 'string' && preset !== '') || typeof preset === 'number';
  const byDefault = shown ? t('form.default', { value: preset }) : '';
  if (text === '' && byDefault === '' && !lines) return null;
  return (
    <p id={helpId(id)} className="form-help">
      {text} {lines && `${t('form.lines')} `}
      {byDefault !== '' && <span className="form-default">{byDefault}</span>}
    </p>
  );
}

function Errors({ errors = [], fieldPathId }: FieldErrorProps): ReactElement | null {
  if (errors.length === 0) return null;
  return (
    <ul className="form-errors" id={errorsId(fieldPathId.$id)}>
      {errors.map((error, index) => (
        // Two errors of one field may read the same.
        <li key={index}>{error}</li>
      ))}
    </ul>
  );
}

/** The options of an object that apply now; the rarely changed ones folded away. */
function ObjectFields(props: ObjectFieldTemplateProps<Options>): ReactElement {
  const { t } = useTranslation();
  const { title, description, properties, schema, formData, fieldPathId, errorSchema, optionalDataControl } = props;
  const ruled = schema.properties;
  const shown = properties.filter(({ name }) => applies(members(ruled)[name], ruled, formData));
  const usual = shown.filter(({ name }) => !isAdvanced(members(ruled)[name]));
  const advanced = shown.filter(({ name }) => isAdvanced(members(ruled)[name]));
  const { namesMissing = false, secretsSet = [] } = props.registry.formContext as FormContext;
  const wrong = advanced.some(
    ({ name }) =>
      members(errorSchema)[name] !== undefined ||
      (namesMissing && namelessPairs(members(formData)[name], '').length > 0),
  );
  const isRoot = fieldPathId.path.length === 0;
  const used = advanced.some(
    ({ name }) => isChosen(members(ruled)[name], members(formData)[name]) || (isRoot && secretsSet.includes(name)),
  );
  const namesBefore = useRef<readonly string[]>(undefined);
  const addPair = (): void => {
    namesBefore.current = properties.map(({ name }) => name);
    props.onAddProperty();
  };
  const content = (
    <NamesBefore value={namesBefore}>
      {usual.map((property) => property.content)}
      {canExpand(schema, props.uiSchema, formData) && (
        <div>
          <button type="button" className="button" disabled={props.disabled} onClick={addPair}>
            {t('form.add')}
          </button>
        </div>
      )}
      {advanced.length > 0 && (
        <Folded title={t('form.more')} wrong={wrong} used={used}>
          {advanced.map((property) => property.content)}
        </Folded>
      )}
    </NamesBefore>
  );
  if (isRoot) return <div className="form-fields">{content}</div>;
  const onlyAlternatives = shown.length === 0 && (schema.oneOf ?? schema.anyOf) !== undefined;
  if (onlyAlternatives) return <div className="form-label">{title}</div>;
  return (
    <Group id={fieldPathId.$id} title={title} description={description} required={props.required}>
      {content}
      {optionalDataControl}
    </Group>
  );
}

interface FormContext {
  namesMissing?: boolean;
  secretsSet?: readonly string[];
}

/** Whether somebody gave it another value than it has by itself. */
function isChosen(property: unknown, value: unknown): boolean {
  return value !== undefined && !deepEquals(value, members(property)['default']);
}

interface GroupProps {
  id: string;
  title: string | undefined;
  description: ReactNode;
  required?: boolean | undefined;
  children: ReactNode;
}

function Group({ id, title, description, required, children }: GroupProps): ReactElement {
  const described = description !== undefined && description !== '';
  return (
    <fieldset className="form-group" id={id} {...(described && { 'aria-describedby': helpId(id) })}>
      {title !== undefined && title !== '' && (
        <legend>
          {title} {required === true && <Required />}
        </legend>
      )}
      {described && (
        <p id={helpId(id)} className="form-help">
          {description}
        </p>
      )}
      <div className="form-fields">{children}</div>
    </fieldset>
  );
}

function List(props: ArrayFieldTemplateProps): ReactElement {
  const { t } = useTranslation();
  const { title, schema, items, canAdd, onAddClick, disabled, fieldPathId, required, optionalDataControl } = props;
  return (
    <Group id={fieldPathId.$id} title={title} description={schema.description} required={required}>
      {items}
      {canAdd === true && (
        <div>
          <button type="button" className="button" disabled={disabled} onClick={() => onAddClick()}>
            {t('form.add')}
          </button>
        </div>
      )}
      {optionalDataControl}
    </Group>
  );
}

function Item(props: ArrayFieldItemTemplateProps): ReactElement {
  const { children, buttonsProps, hasToolbar, index, disabled, uiSchema } = props;
  const name = uiSchema?.['ui:title'] ?? String(index + 1);
  return (
    <div className="form-item">
      {children}
      {hasToolbar && buttonsProps.hasRemove && (
        <RemoveButton name={name} disabled={disabled} onClick={() => buttonsProps.onRemoveItem()} />
      )}
    </div>
  );
}

function Alternatives({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps): ReactElement {
  return (
    <div className="form-fields">
      {selector}
      {optionSchemaField}
    </div>
  );
}

function OptionalControl(props: OptionalDataControlsTemplateProps): ReactElement {
  const { id, label, onAddClick, onRemoveClick } = props;
  const act = onAddClick ?? onRemoveClick;
  if (!act) return <p className="muted">{label}</p>;
  return (
    <div>
      <button type="button" id={id} className="button" onClick={() => act()}>
        {label}
      </button>
    </div>
  );
}

function Unsupported({ reason }: UnsupportedFieldProps): ReactElement {
  const { t } = useTranslation();
  return (
    <p className="form-help">
      {t('form.unsupported')} {reason}
    </p>
  );
}

const Nothing = (): null => null;

export const templates: Partial<Omit<TemplatesType, 'ButtonTemplates'>> & {
  ButtonTemplates: Partial<TemplatesType['ButtonTemplates']>;
} = {
  FieldTemplate: Field,
  FieldErrorTemplate: Errors,
  FieldHelpTemplate: Nothing,
  DescriptionFieldTemplate: Nothing,
  ObjectFieldTemplate: ObjectFields as TemplatesType['ObjectFieldTemplate'],
  ArrayFieldTemplate: List,
  ArrayFieldItemTemplate: Item,
  MultiSchemaFieldTemplate: Alternatives,
  OptionalDataControlsTemplate: OptionalControl,
  UnsupportedFieldTemplate: Unsupported,
  ButtonTemplates: { SubmitButton: Nothing },
};
