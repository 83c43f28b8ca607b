import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDay } from '../../api/types';
import { DayChart } from '../../ui/day-chart';

const PARTS = [
  ['succeeded', 'succeeded', 'good'],
  ['partiallySucceeded', 'partially_succeeded', 'warn'],
  ['failed', 'failed', 'bad'],
  ['cancelled', 'cancelled', 'quiet'],
] as const;

interface ChartProps {
  days: readonly TaskDay[];
}

/** How many tasks ended each day, and how. */
export function TasksChart({ days }: ChartProps): ReactElement {
  const { t } = useTranslation();
  return (
    <DayChart
      title={t('system.tasksPerDay')}
      days={days.map(({ date }) => date)}
      series={PARTS.map(([count, status, look]) => ({
        name: t(status === 'cancelled' ? 'statusGroup.cancelled' : `status.${status}`),
        look,
        values: days.map((day) => day[count]),
      }))}
      empty={t('system.noTasks')}
    />
  );
}

/** How fast records were read and applied. */
export function RecordsChart({ days }: ChartProps): ReactElement {
  const { t } = useTranslation();
  return (
    <DayChart
      title={t('system.recordsPerSecond')}
      days={days.map(({ date }) => date)}
      series={[{ name: t('system.recordsPerSecond'), look: 'accent', values: days.map((day) => day.recordsPerSecond) }]}
      empty={t('system.noRecords')}
    />
  );
}
