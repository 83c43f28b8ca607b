import { useState } from 'react';
import { ApiError } from '../api/api-error';
import type { FieldErrors } from './field-errors';

/** Of what the service refused, what concerns fields that are still as they were sent; `managerId` is `manager` of a draft. */
export function useStanding(error: unknown, draft: object): unknown {
  const [sent, setSent] = useState({ error, draft });
  if (error !== sent.error) setSent({ error, draft });
  if (!(error instanceof ApiError)) return error;
  const stands = ({ pointer, code }: FieldErrors[number]): boolean => {
    // Of several fields one may be enough.
    if (code === 'required') return draft === sent.draft;
    const field = pointer.split('/')[1]?.replace(/Id$/, '');
    return valueIn(draft, field) === valueIn(sent.draft, field);
  };
  const { code, status, message, ...told } = error;
  return new ApiError(code, status, message, { ...told, errors: error.errors.filter(stands) });
}

const valueIn = (draft: object, field: string | undefined): unknown =>
  Object.entries(draft).find(([name]) => name === field)?.[1] as unknown;
