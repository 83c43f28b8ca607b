import { Link } from '@tanstack/react-router';
import { Fragment, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../api/types';
import { userName } from './user-name';

/** People by name, each leading to their page. */
export function PersonLinks({ people }: { people: readonly Person[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {people.map((person, index) => (
        <Fragment key={person.id}>
          {index > 0 && ', '}
          <Link to="/users/$userId" params={{ userId: person.id }}>
            {userName(t, person)}
          </Link>
        </Fragment>
      ))}
    </>
  );
}
