import { ValidationPipe } from '@nestjs/common';
import { type ErrorDetail, RollcallError } from '@rollcall/core';
import type { ValidationError } from 'class-validator';

/** Checks bodies and queries against their DTO; what a DTO does not name is an error. */
export const validationPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
  exceptionFactory: invalid,
});

/** class-validator's tree of errors as one error with a JSON pointer for each. */
export function invalid(tree: readonly ValidationError[]): RollcallError {
  const errors = tree.flatMap((node) => flatten(node, ''));
  const unknown = errors.length > 0 && errors.every((error) => error.code === 'unknown_field');
  const first = errors[0];
  const detail = first
    ? `${first.pointer}: ${first.message}.`
    : 'The body must be a JSON object, sent with "Content-Type: application/json".';
  return new RollcallError(unknown ? 'unknown_field' : 'invalid_request', detail, { errors });
}

function flatten(node: ValidationError, path: string): ErrorDetail[] {
  const pointer = `${path}/${escapePointer(node.property)}`;
  const own = Object.entries(node.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? { pointer, code: 'unknown_field', message: 'is not a known field' }
      : { pointer, code: codeOf(rule), message: withoutName(message, node.property) },
  );
  return [...own, ...(node.children ?? []).flatMap((child) => flatten(child, pointer))];
}

/** `isNotEmpty` → `is_not_empty`. */
function codeOf(rule: string): string {
  return rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The pointer names the field already. */
function withoutName(message: string, name: string): string {
  return message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
}

/** RFC 6901, section 3. */
export function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
