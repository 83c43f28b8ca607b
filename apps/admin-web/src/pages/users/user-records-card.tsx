import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task, User } from '../../api/types';
import { userChanged } from '../../api/users';
import { useMay } from '../../ui/use-may';
import { hasDraft } from '../../ui/use-draft';
import { RecordLinks } from '../directory/record-links';
import { DRAFTS } from '../directory/draft-keys';
import { LinkRecordDialog } from './link-record-dialog';
import { StartedTask } from './started-task';

/** Which source states the user, under which uid. */
export function UserRecordsCard({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const mayLink = useMay('admin') && user.status !== 'deleted';
  const [linking, setLinking] = useState(() => hasDraft(DRAFTS.link(user.id)));
  const [started, setStarted] = useState<Task>();
  return (
    <section className="card" aria-labelledby="user-records">
      <div className="card-title">
        <h2 id="user-records">{t('link.title')}</h2>
        {mayLink && (
          <Button size="small" onClick={() => setLinking(true)}>
            {t('link.linkShort')}
          </Button>
        )}
      </div>
      {started && <StartedTask task={started} />}
      <RecordLinks
        links={user.links}
        dataType="user"
        onChanged={() => {
          setStarted(undefined);
          return userChanged();
        }}
      />
      {linking && <LinkRecordDialog user={user} onStarted={setStarted} onClose={() => setLinking(false)} />}
    </section>
  );
}
