// Its root would bring test helpers, and with them ajv, which is not installed.
import Form from '@rjsf/core/lib/components/Form.js';
import { deepEquals, type UiSchema } from '@rjsf/utils';
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/types';
import { fieldErrors } from './error-text';
import { placeErrors } from './place-errors';
import { withoutLeftOut } from './left-out';
import type { Options, Schema } from './schema';
import { templates } from './templates';
import { translatorOf } from './translate-string';
import { typed } from './typed';
import { uiSchemaOf } from './ui-schema';
import { validator } from './validator';
import { widgets } from './widgets';
import './schema-form.css';

interface SchemaFormProps {
  /** The adapter's `configSchema`, in the reader's language already. */
  schema: Schema;
  value: Options;
  /** What is not set is not there, so that the adapter's defaults hold. A secret that is to be removed is null. */
  onChange: (value: Options) => void;
  /** Of the service's answer; those below `/options` show at their fields. */
  errors?: readonly NonNullable<Problem['errors']>[number][];
  /** Names of the secrets that are stored, and are never shown. */
  secretsSet?: readonly string[];
  disabled?: boolean;
}

const NO_ERRORS: NonNullable<SchemaFormProps['errors']> = [];
const NO_SECRETS: readonly string[] = [];

/** The form of an adapter's options. It draws and collects; whether they are right, the service says. */
export function SchemaForm(props: SchemaFormProps): ReactElement {
  const { value, onChange, errors = NO_ERRORS, secretsSet = NO_SECRETS, disabled = false } = props;
  const { t } = useTranslation();
  const schema = useMemo(() => typed(props.schema), [props.schema]);
  const uiSchema = useMemo<UiSchema>(
    () => ({
      ...uiSchemaOf(schema, (title, number) => t('form.entry', { title, number })),
      // An optional object is left out until somebody fills it in. The whole is never optional, which the form library
      // forgets when it has conditions.
      'ui:options': { enableOptionalDataFieldForType: [] },
      'ui:globalOptions': { enableOptionalDataFieldForType: ['object'] },
    }),
    [schema, t],
  );
  const placed = useMemo(
    () => placeErrors(schema, value, fieldErrors(t, schema, errors)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an error stays where it is until the next answer
    [schema, errors, t],
  );
  const translateString = useMemo(() => translatorOf(t), [t]);
  const namesMissing = errors.some(({ code }) => code === 'nameless');
  const formContext = useMemo(() => ({ secretsSet, namesMissing }), [secretsSet, namesMissing]);

  return (
    <div className="schema-form">
      <Form
        tagName="div"
        idPrefix="option"
        schema={schema}
        uiSchema={uiSchema}
        validator={validator}
        formData={value}
        onChange={({ formData }: { formData?: Options }) => {
          const chosen = withoutLeftOut(schema, formData ?? {});
          if (!deepEquals(chosen, value)) onChange(chosen);
        }}
        extraErrors={placed}
        noHtml5Validate
        showErrorList={false}
        disabled={disabled}
        formContext={formContext}
        templates={templates}
        widgets={widgets}
        translateString={translateString}
        experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults' }}
      />
    </div>
  );
}
