import { ACTIONS, type ChangeListQuery, DATA_TYPES, LOG_LEVELS, type LogLevel, OUTCOMES } from '../../api/types';
import { type ListSearch, readListSearch, readQuery } from '../../ui/list-search';

export const TASK_TABS = ['changes', 'failures', 'log'] as const;
export type TaskTab = (typeof TASK_TABS)[number];

/** What a task's page keeps in the address: which part shows, and the filters of that part. */
export interface TaskPageSearch extends ListSearch, Omit<ChangeListQuery, keyof ListSearch> {
  /** Absent: the changes. */
  tab?: Exclude<TaskTab, 'changes'> | undefined;
  level?: LogLevel | undefined;
}

/** Reads the address; what nobody could have chosen here is left out, and so is what belongs to another part. */
export function readTaskPageSearch(search: Record<string, unknown>): TaskPageSearch {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const page = readListSearch(search);
  const target = text('target');
  switch (search['tab']) {
    case 'log': {
      const level = LOG_LEVELS.find((known) => known === search['level'] && known !== 'info');
      return { tab: 'log', ...(level && { level }), ...page };
    }
    case 'failures': {
      const code = text('code');
      const field = text('field');
      // Without a reason there are no single failures to page through.
      if (code === undefined) return { tab: 'failures' };
      return {
        tab: 'failures',
        code,
        ...(field !== undefined && { field }),
        ...(target !== undefined && { target }),
        ...page,
      };
    }
    default: {
      const action = ACTIONS.find((known) => known === search['action']);
      const outcome = OUTCOMES.find((known) => known === search['outcome']);
      const dataType = DATA_TYPES.find((known) => known === search['dataType']);
      return {
        ...(target !== undefined && { target }),
        ...(dataType && { dataType }),
        ...(action && { action }),
        ...(outcome && { outcome }),
        ...readQuery(search),
        ...page,
      };
    }
  }
}
