import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery } from '../../api/names';
import type { Task, User } from '../../api/types';
import { linkRecord } from '../../api/users';
import { ApiError } from '../../api/api-error';
import { fieldText } from '../../i18n/field-text';
import { problemText } from '../../i18n/problem-text';
import { Field, TextField } from '../../ui/fields';
import { FormDialog } from '../../ui/form-dialog';
import { useDraft } from '../../ui/use-draft';
import { DRAFTS } from '../directory/draft-keys';

const PLACES = ['/uid'];
/** Refusals that are about the record that was named. */
const OF_RECORD: ReadonlySet<string | undefined> = new Set(['linked_already', 'record_linked', 'record_gone']);
const EMPTY = { sourceId: undefined as number | undefined, uid: '' };

/** Says which record of a source is this user, where match keys cannot. */
export function LinkRecordDialog(props: {
  user: User;
  /** The task that applies what the record says. */
  onStarted: (task: Task) => void;
  onClose: () => void;
}): ReactElement {
  const { user, onStarted, onClose } = props;
  const { t } = useTranslation();
  const id = useId();
  const sources = useQuery(sourceNamesQuery);
  const [draft, setDraft, forget] = useDraft(DRAFTS.link(user.id), EMPTY);
  const sourceId = draft.sourceId ?? sources.data?.[0]?.id;
  const uid = draft.uid.trim();
  const link = useMutation({
    mutationFn: (source: number) => linkRecord({ sourceId: source, uid, userId: user.id }),
    onSuccess: (task) => {
      forget();
      onClose();
      onStarted(task);
    },
  });
  const [tried, setTried] = useState(false);
  const ofRecord = link.error instanceof ApiError && OF_RECORD.has(link.error.reason?.code);
  // The user's own page tells when it is the user.
  const isSourceGone = link.error instanceof ApiError && link.error.status === 404;
  const uidError =
    tried && uid === ''
      ? t('form.errorRequired')
      : ofRecord
        ? problemText(t, link.error)
        : fieldText(t, link.error, '/uid');
  return (
    <FormDialog
      open
      title={t('link.linkTitle')}
      submit={t('link.link')}
      busy={link.isPending}
      error={ofRecord || isSourceGone || uid === '' ? null : link.error}
      places={PLACES}
      onSubmit={() => {
        setTried(true);
        if (sourceId !== undefined && uid !== '') link.mutate(sourceId);
      }}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      <p className="muted">{t('link.linkHelp')}</p>
      <Field id={`${id}-source`} label={t('users.source')} error={isSourceGone ? t('form.errorGone') : undefined}>
        <select
          id={`${id}-source`}
          className="select"
          aria-invalid={isSourceGone}
          aria-describedby={`${id}-source-hint`}
          value={sourceId ?? ''}
          onChange={({ target }) => setDraft({ ...draft, sourceId: Number(target.value) })}
        >
          {(sources.data ?? []).map((source) => (
            <option key={source.id} value={source.id}>
              {source.label}
            </option>
          ))}
        </select>
      </Field>
      <TextField
        id={`${id}-uid`}
        label={t('link.uid')}
        help={t('link.uidHelp')}
        value={draft.uid}
        required
        error={uidError}
        onChange={({ target }) => setDraft({ ...draft, uid: target.value })}
      />
    </FormDialog>
  );
}
