import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery, targetNamesQuery } from '../../api/names';
import type { AuditEntry } from '../../api/types';

/** Where the pages of things are; accounts and keys have only a list. */
const PAGES: Readonly<Record<SubjectKind, string>> = {
  source: '/sources/',
  target: '/targets/',
  task: '/tasks/',
  user: '/users/',
  department: '/departments/',
  admin: '/admins',
  api_key: '/api-keys',
};

const KINDS = ['source', 'target', 'task', 'user', 'department', 'admin', 'api_key'] as const;
type SubjectKind = (typeof KINDS)[number];

type Names = AuditEntry['subjectNames'];

/** What an entry is about, as links to the pages: `source:7`, and of a membership `department:7/user:5`. */
export function Subject({ entry: { subject, subjectNames } }: { entry: AuditEntry }): ReactElement {
  return (
    <>
      {subject.split('/').map((one, index) => (
        <Fragment key={one}>
          {index > 0 && ' · '}
          <SubjectLink subject={one} names={subjectNames} />
        </Fragment>
      ))}
    </>
  );
}

function SubjectLink({ subject, names }: { subject: string; names: Names }): ReactElement {
  const nameOf = useSubjectName(names);
  const { kind, id } = parsed(subject);
  if (!kind) return <code>{subject}</code>;
  const page = PAGES[kind];
  return <Link to={page.endsWith('/') ? `${page}${id}` : page}>{nameOf(subject)}</Link>;
}

/**
 * The same in words alone: "Source WeCom", and "Source 7" of one that is gone; what these pages do not know stands as it is.
 */
export function useSubjectName(known: Names = {}): (subject: string) => string {
  const { t } = useTranslation();
  const named = { source: useQuery(sourceNamesQuery).data, target: useQuery(targetNamesQuery).data };
  return (subject) =>
    subject
      .split('/')
      .map((one) => {
        const { kind, id } = parsed(one);
        if (!kind) return one;
        const names = kind === 'source' || kind === 'target' ? named[kind] : undefined;
        const label = names?.find((thing) => String(thing.id) === id)?.label ?? known[one] ?? id;
        return `${t(`auditSubject.${kind}`)} ${label}`;
      })
      .join(' · ');
}

function parsed(subject: string): { kind: SubjectKind | undefined; id: string } {
  const [word = '', id = ''] = subject.split(/:(.*)/s);
  return { kind: KINDS.find((known) => known === word), id };
}
