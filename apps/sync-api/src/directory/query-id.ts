import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';

/** What a query parameter must look like to be an id; `1e3` and ` 7` are not. */
const ID = /^[1-9]\d{0,15}$/;

/** An id in a query. */
export function QueryId(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && ID.test(value) ? Number(value) : value)),
    IsId(),
  );
}

/** An id in a body. */
export function IsId(): PropertyDecorator {
  const message = 'must be an id: a whole number from 1';
  return applyDecorators(IsInt({ message }), Min(1, { message }), Max(Number.MAX_SAFE_INTEGER, { message }));
}

/** The field may be left out. It cannot be null: that is for fields that can be cleared, which are `@IsOptional()`. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
