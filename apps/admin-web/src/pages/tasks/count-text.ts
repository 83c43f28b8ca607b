import type { TFunction } from 'i18next';
import { type Count, COUNTED_AS } from '../../api/types';

const CHANGES = Object.values(COUNTED_AS);
type Changed = (typeof CHANGES)[number];

const isChanged = (name: Count): name is Changed => (CHANGES as Count[]).includes(name);

/** "8 disabled", and "8 to disable" of a plan that was not applied. */
export function countText(t: TFunction, name: Count, count: number, planned: boolean): string {
  return planned && isChanged(name) ? t(`countsPlanned.${name}`, { count }) : t(`counts.${name}`, { count });
}

/** The same as the heading of a column. */
export function countHeading(t: TFunction, name: Count, planned: boolean): string {
  return planned && isChanged(name) ? t(`countNamePlanned.${name}`) : t(`countName.${name}`);
}
