import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery } from '../../api/names';
import type { Task, User } from '../../api/types';
import { linkRecord } from '../../api/users';
import { fieldText } from '../../i18n/field-text';
import { Field, TextField } from '../../ui/fields';
import { FormDialog } from '../../ui/form-dialog';
import { useDraft } from '../../ui/use-draft';

const PLACES = ['/uid'];
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
  const [draft, setDraft, forget] = useDraft(`link:${user.id}`, EMPTY);
  const sourceId = draft.sourceId ?? sources.data?.[0]?.id;
  const link = useMutation({
    mutationFn: (source: number) => linkRecord({ sourceId: source, uid: draft.uid.trim(), userId: user.id }),
    onSuccess: (task) => {
      forget();
      onClose();
      onStarted(task);
    },
  });
  return (
    <FormDialog
      open
      title={t('link.linkTitle')}
      submit={t('link.link')}
      busy={link.isPending}
      error={link.error}
      places={PLACES}
      onSubmit={() => sourceId !== undefined && draft.uid.trim() !== '' && link.mutate(sourceId)}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      <p className="muted">{t('link.linkHelp')}</p>
      <Field id={`${id}-source`} label={t('users.source')}>
        <select
          id={`${id}-source`}
          className="select"
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
        error={fieldText(t, link.error, '/uid')}
        onChange={({ target }) => setDraft({ ...draft, uid: target.value })}
      />
    </FormDialog>
  );
}
