import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { Notice } from '../../ui/notice';
import { problemsOf } from './problems-of';

/** What is wrong and what to do about it, or that nothing is. */
export function Problems({ system }: { system: System }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = new Date();
  const problems = problemsOf(system, now);
  const { held, oldestWaitingSince } = system.queue;
  const { missing } = system.checks.adapters;
  if (problems.length === 0) return <Notice kind="good">{t('system.good')}</Notice>;
  return (
    <>
      {problems.map((problem) => (
        <Notice
          key={problem}
          kind={problem === 'held' || problem === 'waiting' ? 'warning' : 'error'}
          title={t(`systemProblem.${problem}`, { count: problem === 'held' ? held : missing.length })}
          {...(problem === 'held' && {
            action: (
              <Link to="/tasks" search={{ status: 'held' }} className="button">
                {t('system.lookAtHeld')}
              </Link>
            ),
          })}
        >
          {problem === 'adapters' ? (
            <ul className="system-missing">
              {missing.map(({ kind, id, error }) => (
                <li key={`${kind ?? ''}:${id}`}>
                  <code>{id}</code> {error ?? t('system.notNamed')}
                </li>
              ))}
            </ul>
          ) : (
            t(`systemHelp.${problem}`, {
              ago: oldestWaitingSince === null ? '' : formats.ago(oldestWaitingSince, now),
            })
          )}
        </Notice>
      ))}
    </>
  );
}
