import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { type ErrorDetail, RollcallError } from '@rollcall/core';
import type { ValidationError } from 'class-validator';
import { escapePointer } from './json-pointer';
import { unstorableTexts } from './storable-text';

export { escapePointer } from './json-pointer';

/**
 * Checks bodies and queries against their DTO; what a DTO does not name is an error. Parts of paths have pipes of their own, and
 * are left to them as they are: this one would make a number of `1e3`.
 */
class CheckedInput extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'param') return value;
    if (this.toValidate(metadata)) refuse(unstorableTexts(value));
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      // A body that is not there, or was not said to be JSON, lacks no field in particular.
      if (metadata.type === 'body' && value === undefined) throw noBody();
      throw error;
    }
  }
}

export const validationPipe = new CheckedInput({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: true },
  exceptionFactory: invalid,
});

/** class-validator's tree of errors as one error with a JSON pointer for each. */
export function invalid(tree: readonly ValidationError[]): RollcallError {
  return describe(tree.flatMap((node) => flatten(node, ''))) ?? noBody();
}

function refuse(errors: ErrorDetail[]): void {
  const error = describe(errors);
  if (error) throw error;
}

function describe(errors: ErrorDetail[]): RollcallError | undefined {
  const first = errors[0];
  if (!first) return undefined;
  const unknown = errors.every((error) => error.code === 'unknown_field');
  return new RollcallError(unknown ? 'unknown_field' : 'invalid_request', `${first.pointer}: ${first.message}.`, {
    errors,
  });
}

function noBody(): RollcallError {
  return new RollcallError(
    'invalid_request',
    'The body must be a JSON object, sent with "Content-Type: application/json".',
  );
}

function flatten(node: ValidationError, path: string): ErrorDetail[] {
  const pointer = `${path}/${escapePointer(node.property)}`;
  const missing = node.value === undefined;
  const own = broken(node.constraints ?? {}).map(([rule, message]) => {
    if (rule === 'whitelistValidation') return { pointer, code: 'unknown_field', message: 'is not a known field' };
    const wanted = withoutName(message, node.property);
    return missing
      ? { pointer, code: 'required', message: `is required and ${wanted}` }
      : { pointer, code: codeOf(rule), message: wanted };
  });
  return [...own, ...(node.children ?? []).flatMap((child) => flatten(child, pointer))];
}

/** Of a value's broken rules the one to mend first: the range of a number says nothing about a text. */
function broken(constraints: Record<string, string>): [rule: string, message: string][] {
  const rules = Object.entries(constraints);
  return rules
    .filter(([rule]) => TYPE_RULES.has(rule))
    .concat(rules)
    .slice(0, 1);
}

const TYPE_RULES = new Set(['isInt', 'isNumber', 'isString', 'isBoolean', 'isObject', 'isArray']);

/** `isNotEmpty` → `is_not_empty`. */
function codeOf(rule: string): string {
  return rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The pointer names the field already. */
function withoutName(message: string, name: string): string {
  return message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
}
