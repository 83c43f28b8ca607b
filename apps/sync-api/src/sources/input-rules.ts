import { isStorableText } from '@rollcall/core';
import { ValidateBy, ValidateIf } from 'class-validator';
import { cronProblem, isTimeZone } from './schedule';

/** May be absent, but not null. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body, value: unknown) => value !== undefined);

/** May be absent or null. */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_body, value: unknown) => value !== undefined && value !== null);

/** May not be sent at all once the thing exists. */
export const Immutable = (why: string): PropertyDecorator =>
  ValidateBy({
    name: 'immutable',
    validator: { validate: () => false, defaultMessage: () => `cannot be changed: ${why}` },
  });

/** Text that Postgres can hold. */
export const IsStorable = (): PropertyDecorator =>
  ValidateBy({
    name: 'isStorable',
    validator: {
      validate: (value) => typeof value === 'string' && isStorableText(value),
      defaultMessage: () => 'must not contain a NUL character or half of a surrogate pair',
    },
  });

export const IsCron = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCron',
    validator: {
      validate: (value) => typeof value === 'string' && cronProblem(value) === undefined,
      defaultMessage: (context) => (typeof context?.value === 'string' && cronProblem(context.value)) || 'must be text',
    },
  });

export const IsIanaTimeZone = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIanaTimeZone',
    validator: {
      validate: (value) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => 'must be the IANA name of a time zone, like Asia/Shanghai',
    },
  });
