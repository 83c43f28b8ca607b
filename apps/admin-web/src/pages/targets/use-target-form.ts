import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { checkTarget } from '../../api/targets';
import type { CheckResult, Problem, Target } from '../../api/types';
import type { TargetAdapter } from './target-adapters';
import { settingsOf, type TargetDraft, wrongLimits } from './target-draft';

type FieldErrors = NonNullable<Problem['errors']>;

interface TargetForm {
  /** What is wrong with which field; empty when nothing is known to be. */
  errors: FieldErrors;
  /** What the last try to save or to connect met with, where no field shows it. */
  problem: unknown;
  answer: CheckResult | undefined;
  checking: boolean;
  saving: boolean;
  check: () => void;
  save: () => void;
}

interface TargetFormOptions {
  adapter: TargetAdapter;
  draft: TargetDraft;
  /** What is stored already. */
  stored?: Target;
  save: (settings: ReturnType<typeof settingsOf>) => Promise<void>;
  /** Pointers of fields that this form has beside those of every target. */
  own?: readonly string[];
}

/** Trying and saving a target, and what the service said of its fields meanwhile. */
export function useTargetForm({ adapter, draft, stored, save, own = [] }: TargetFormOptions): TargetForm {
  const [wrong, setWrong] = useState<FieldErrors>([]);
  const checking = useMutation({
    mutationFn: () => checkTarget(adapter.id, draft.options, stored?.id),
    onSuccess: ({ errors = [] }) =>
      setWrong(errors.map(({ field, message }) => ({ pointer: `/options/${field}`, code: 'check', message }))),
    onError: (error) => setWrong(errorsOf(error)),
  });
  const saving = useMutation({
    mutationFn: () => save(settingsOf(draft, adapter.capabilities.remote === true)),
    onSuccess: () => setWrong([]),
    onError: (error) => setWrong(errorsOf(error)),
  });
  const failure = saving.error ?? checking.error;
  return {
    errors: wrong,
    problem: failure !== null && isPlaced(failure, own) ? undefined : (failure ?? undefined),
    answer: checking.data,
    checking: checking.isPending,
    saving: saving.isPending,
    check: () => {
      saving.reset();
      checking.mutate();
    },
    save: () => {
      checking.reset();
      const limits = adapter.capabilities.remote === true ? wrongLimits(draft) : [];
      setWrong(limits.map((pointer) => ({ pointer, code: 'number', message: '' })));
      if (limits.length === 0) saving.mutate();
    },
  };
}

function errorsOf(error: unknown): FieldErrors {
  return error instanceof ApiError ? error.errors : [];
}

/** Everything that it says stands at a field of the form. */
function isPlaced(error: unknown, own: readonly string[]): boolean {
  const errors = errorsOf(error);
  const shown = (pointer: string): boolean =>
    own.includes(pointer) || ['/options', '/sources', '/limits'].some((part) => pointer.startsWith(part));
  return errors.length > 0 && errors.every(({ pointer }) => shown(pointer));
}
