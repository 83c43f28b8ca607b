import { Transform } from 'class-transformer';

/** A flag in a query: `1` or `true`, `0` or `false`. Put `@IsBoolean()` beside it. */
export function Flag(): PropertyDecorator {
  return Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => {
    const value = obj[key];
    if (value === '1' || value === 'true' || value === true || value === 1) return true;
    if (value === '0' || value === 'false' || value === false || value === 0) return false;
    return value;
  });
}
