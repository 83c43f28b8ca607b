import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { type StepState, type TimelineStep, timelineSteps } from './timeline-steps';

/** The six steps of a task, and where it stands. */
export function Timeline({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  return (
    <ol className="timeline" aria-label={t('task.steps')}>
      {timelineSteps(task).map((step) => (
        <TimelineItem key={step.step} {...step} />
      ))}
    </ol>
  );
}

function TimelineItem({ step, state, tookMs }: TimelineStep): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <li data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <svg className="timeline-mark" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="9" />
        <path d={MARKS[state]} />
      </svg>
      <span className="timeline-name">{t(`timeline.${step}`)}</span>
      <small className="timeline-note">
        {tookMs === undefined ? t(`stepState.${state}`) : formats.duration(tookMs)}
        {tookMs !== undefined && state !== 'done' && ` · ${t(`stepState.${state}`)}`}
      </small>
    </li>
  );
}

/** A tick, a dot, a pause, a cross: the state does not depend on seeing colours. */
const MARKS: Record<StepState, string> = {
  done: 'M6 10.5l2.8 2.8L14.2 7',
  now: 'M10 9.9v.2',
  waiting: '',
  again: 'M10 5.5V10l3 2',
  held: 'M8 7v6M12 7v6',
  partly: 'M10 5.5v6M10 14.4v.2',
  failed: 'M7 7l6 6M13 7l-6 6',
  stopped: 'M7 7h6v6H7z',
  skipped: 'M6.5 10h7',
};
