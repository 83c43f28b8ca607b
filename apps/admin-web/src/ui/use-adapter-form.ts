import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../api/types';
import { localText } from '../i18n/note-text';
import { untold } from '../i18n/field-text';
import { errorsOf, type FieldErrors } from './field-errors';
import { namelessPairs } from './schema-form/nameless';
import { optionPointer } from './schema-form/option-pointer';

interface AdapterFormOptions {
  /** What would be saved, as it is typed: what JSON pointers of errors lead to. */
  settings: object & { options?: unknown };
  /** Tries the options as they are typed. */
  check: () => Promise<CheckResult>;
  save: () => Promise<void>;
  /** JSON pointers of the fields that want a number and have none: the service could only be told nonsense. */
  wrongNumbers: readonly string[];
  /** How the JSON pointers begin for which the form has fields. */
  places: readonly string[];
}

export interface AdapterForm {
  /** What is wrong with which field, by JSON pointer; empty when nothing is known to be. What was typed anew is not yet known. */
  errors: FieldErrors;
  /** What the last try found, whatever was typed since. */
  found: FieldErrors;
  /** What the last try to save, and to connect, met with, where no field shows it. */
  saveProblem: unknown;
  checkProblem: unknown;
  answer: CheckResult | undefined;
  checking: boolean;
  saving: boolean;
  /** The last try to save succeeded. */
  saved: boolean;
  check: () => void;
  save: () => void;
  /** What was typed is given up, and with it what was wrong with it. */
  forget: () => void;
}

/** Trying and saving what an adapter is set to, and what the service said of the fields meanwhile. */
export function useAdapterForm(props: AdapterFormOptions): AdapterForm {
  const { settings, check, save, wrongNumbers, places } = props;
  const { i18n } = useTranslation();
  const [tried, setTried] = useState<{ found: FieldErrors; settings: object }>({ found: [], settings });
  const setWrong = (found: FieldErrors): void => setTried({ found, settings });
  const { found } = tried;
  const errors = found.filter(({ pointer }) => isAt(pointer, tried.settings, settings));
  const onError = (error: unknown): void => setWrong(errorsOf(error));
  const checking = useMutation({
    mutationFn: check,
    onSuccess: ({ errors = [] }) =>
      setWrong(
        errors.map(({ field, message, texts }) => ({
          pointer: optionPointer(field),
          code: 'check',
          message: localText(i18n.language, message, texts),
        })),
      ),
    onError,
  });
  const saving = useMutation({ mutationFn: save, onSuccess: () => setWrong([]), onError });
  const nameless = (): FieldErrors =>
    namelessPairs(settings.options, '/options').map((pointer) => ({ pointer, code: 'nameless', message: '' }));
  /** Whether the service is to be asked; what is wrong already shows otherwise. */
  const rightFor = (errors: FieldErrors): boolean => {
    setWrong(errors);
    return errors.length === 0;
  };
  const unshown = (error: unknown): unknown => untold(error, places) ?? undefined;
  return {
    errors,
    found,
    saveProblem: unshown(saving.error),
    checkProblem: unshown(checking.error),
    // What was typed since was not tried.
    answer: isAt('/options', tried.settings, settings) ? checking.data : undefined,
    checking: checking.isPending,
    saving: saving.isPending,
    saved: saving.isSuccess,
    check: () => {
      saving.reset();
      if (rightFor(nameless())) checking.mutate();
    },
    save: () => {
      checking.reset();
      const numbers = wrongNumbers.map((pointer) => ({ pointer, code: 'number', message: '' }));
      if (rightFor([...nameless(), ...numbers])) saving.mutate();
    },
    forget: () => {
      checking.reset();
      saving.reset();
      setWrong([]);
    },
  };
}

/** The same stands there, as JSON: a number that is none is like another one. */
const isAt = (pointer: string, before: unknown, now: unknown): boolean =>
  JSON.stringify(valueAt(before, pointer)) === JSON.stringify(valueAt(now, pointer));

const valueAt = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === part)?.[1] : undefined,
      value,
    );
