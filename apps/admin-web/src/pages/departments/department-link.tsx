import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNT_LIMIT, type Department } from '../../api/types';
import { useMedia } from '../../ui/use-media';

interface DepartmentLinkProps {
  department: Department;
  current: boolean;
  /** The way to it, where the tree does not show it. */
  hint?: string | undefined;
}

/** A department in the tree or among what was found, with the number of its members. */
export function DepartmentLink({ department, current, hint }: DepartmentLinkProps): ReactElement {
  const { t, i18n } = useTranslation();
  const beside = useMedia('(min-width: 60rem)');
  const { memberCount: count } = department;
  const number = `${count.toLocaleString(i18n.language)}${count >= COUNT_LIMIT ? '+' : ''}`;
  return (
    <Link
      className="tree-link"
      to="/departments/$departmentId"
      params={{ departmentId: department.id }}
      search={({ q }: { q?: string }) => (q === undefined ? {} : { q })}
      // Beside the tree one opens after another: the focus stays here. Where the tree makes way, it follows.
      state={beside ? { keepFocus: true } : {}}
      resetScroll={!beside}
      aria-current={current ? 'page' : undefined}
      activeProps={{}}
    >
      <span className="tree-title">
        {department.title}
        {hint !== undefined && <small className="muted">{hint}</small>}
      </span>
      <span className="tree-count" title={t('departments.members', { count })}>
        <span aria-hidden="true">{number}</span>
        <span className="visually-hidden">{t('departments.members', { count })}</span>
      </span>
    </Link>
  );
}
