import { type Schema, Validator } from '@cfworker/json-schema';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';

/**
 * Tells the form which alternative of a schema the options are. Whether they are right the service says: it knows more,
 * and its words are the same everywhere. ajv would need `eval`, which the pages' security policy forbids.
 */
export const validator: ValidatorType = {
  isValid: (schema, formData, rootSchema) => {
    try {
      return new Validator(withDefinitions(schema, rootSchema), '2020-12').validate(formData ?? null).valid;
    } catch {
      // By the contract of `isValid`: a schema that cannot be understood fits nothing.
      return false;
    }
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};

function withDefinitions(schema: RJSFSchema, { $defs, definitions }: RJSFSchema): Schema {
  return { ...($defs && { $defs }), ...(definitions && { definitions }), ...schema } as Schema;
}
