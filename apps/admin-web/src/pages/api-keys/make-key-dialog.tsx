import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API_KEYS, makeApiKey } from '../../api/api-keys';
import { announce } from '../../ui/announcer';
import { FormDialog } from '../../ui/form-dialog';
import { useDraft } from '../../ui/use-draft';
import { bodyOf, type KeyDraft, NEW_KEY, problemsOf } from './key-draft';
import { KeyForm } from './key-form';
import { KeyMadeDialog } from './key-made-dialog';

const PLACES = ['/name', '/sourceId', '/expiresAt'];

interface MakeKeyDialogProps {
  open: boolean;
  onClose: () => void;
}

/** The form for a new key, and then the key. */
export function MakeKeyDialog({ open, onClose }: MakeKeyDialogProps): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft, forgetDraft] = useDraft<KeyDraft>('api-key', NEW_KEY);
  const [checked, setChecked] = useState(false);
  const forget = (): void => {
    forgetDraft();
    setDraft(NEW_KEY);
    setChecked(false);
    onClose();
  };
  const make = useMutation({
    mutationFn: makeApiKey,
    onSuccess: () => {
      announce(t('apiKeys.made'));
      forget();
      void client.invalidateQueries({ queryKey: API_KEYS });
    },
  });
  const problems = problemsOf(draft, new Date());
  const submit = (): void => {
    setChecked(true);
    const body = bodyOf(draft, new Date());
    if (body) make.mutate(body);
  };
  const close = (): void => {
    make.reset();
    forget();
  };
  return (
    <>
      <FormDialog
        open={open}
        title={t('apiKeys.makeTitle')}
        submit={t('apiKeys.makeSubmit')}
        busy={make.isPending}
        error={make.error}
        places={PLACES}
        onSubmit={submit}
        onClose={close}
      >
        <KeyForm
          draft={draft}
          problems={checked ? problems : {}}
          error={make.error}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      </FormDialog>
      <KeyMadeDialog made={make.data} onClose={() => make.reset()} />
    </>
  );
}
