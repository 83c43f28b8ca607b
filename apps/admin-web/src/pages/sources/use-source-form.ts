import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { checkSource, type SourceSettings } from '../../api/sources';
import type { CheckResult, Problem, Source } from '../../api/types';
import type { SourceAdapter } from './source-adapter';
import { settingsOf, type SourceDraft, wrongNumbers } from './source-draft';

type FieldErrors = NonNullable<Problem['errors']>;

interface SourceForm {
  /** What is wrong with which field, by JSON pointer; empty when nothing is known to be. */
  errors: FieldErrors;
  /** What the last try to save or to connect met with, where no field shows it. */
  problem: unknown;
  answer: CheckResult | undefined;
  checking: boolean;
  saving: boolean;
  check: () => void;
  save: () => void;
}

interface SourceFormOptions {
  adapter: SourceAdapter;
  draft: SourceDraft;
  /** What is stored already. */
  stored?: Source;
  save: (settings: SourceSettings) => Promise<void>;
}

/** Trying and saving a source, and what the service said of its fields meanwhile. */
export function useSourceForm({ adapter, draft, stored, save }: SourceFormOptions): SourceForm {
  const [wrong, setWrong] = useState<FieldErrors>([]);
  const checking = useMutation({
    mutationFn: () => checkSource(adapter.id, draft.options, stored?.id),
    onSuccess: ({ errors = [] }) =>
      setWrong(errors.map(({ field, message }) => ({ pointer: `/options/${field}`, code: 'check', message }))),
    onError: (error) => setWrong(errorsOf(error)),
  });
  const saving = useMutation({
    mutationFn: () => save(settingsOf(draft)),
    onSuccess: () => setWrong([]),
    onError: (error) => setWrong(errorsOf(error)),
  });
  const failure = saving.error ?? checking.error;
  return {
    errors: wrong,
    problem: failure !== null && isPlaced(failure) ? undefined : (failure ?? undefined),
    answer: checking.data,
    checking: checking.isPending,
    saving: saving.isPending,
    check: () => {
      saving.reset();
      checking.mutate();
    },
    save: () => {
      checking.reset();
      const numbers = wrongNumbers(draft);
      setWrong(numbers.map((pointer) => ({ pointer, code: 'number', message: '' })));
      if (numbers.length === 0) saving.mutate();
    },
  };
}

/** Where the form has fields. */
const PLACES = ['/name', '/displayName', '/options', '/schedule', '/policies', '/matchKey', '/priority'];

/** Everything that it says stands at a field of the form. */
function isPlaced(error: unknown): boolean {
  const errors = errorsOf(error);
  return errors.length > 0 && errors.every(({ pointer }) => PLACES.some((place) => pointer.startsWith(place)));
}

function errorsOf(error: unknown): FieldErrors {
  return error instanceof ApiError ? error.errors : [];
}
