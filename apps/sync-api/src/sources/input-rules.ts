import { isStorableText } from '@rollcall/core';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { cronProblem, isTimeZone } from './schedule';

/** May be absent, but not null. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body, value: unknown) => value !== undefined);

/** May be absent or null. */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_body, value: unknown) => value !== undefined && value !== null);

/** An object of this class, checked by its own rules; `ValidateNested` alone would let a list through. */
export const Nested = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(type));

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
      validate: (value) => cronProblem(value) === undefined,
      defaultMessage: (context) => cronProblem(context?.value) ?? '',
    },
  });

export const IsIanaTimeZone = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIanaTimeZone',
    validator: {
      validate: isTimeZone,
      defaultMessage: () => 'must be the IANA name of a time zone, like Asia/Shanghai',
    },
  });
