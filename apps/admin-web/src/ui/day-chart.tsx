import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/format';
import { roundMaximum } from './round-maximum';
import './day-chart.css';

/** What is counted; the first stands at the bottom of the columns. `look` names the colour and the pattern. */
export interface DaySeries {
  name: string;
  look: 'good' | 'warn' | 'bad' | 'quiet' | 'accent';
  /** One for each day; null: nothing to count. */
  values: readonly (number | null)[];
}

interface DayChartProps {
  title: string;
  /** `2026-11-27`, oldest first. */
  days: readonly string[];
  series: readonly DaySeries[];
  /** Instead of a chart without columns. */
  empty: string;
}

/** Every so many days a date stands below its column. */
const LABEL_EVERY = 7;

/** A column a day, of one part a series; the same figures stand in a table below, for whoever reads rather than looks. */
export function DayChart({ title, days, series, empty }: DayChartProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  const totals = days.map((_, day) => series.reduce((sum, { values }) => sum + (values[day] ?? 0), 0));
  const top = roundMaximum(Math.max(...totals));
  const figures = (day: number): string =>
    series.map(({ name, values }) => `${name}: ${formats.number(values[day] ?? 0)}`).join('\n');
  return (
    <section className="card chart" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {top === 0 ? (
        <p className="muted">{empty}</p>
      ) : (
        <>
          <div className="chart-plot" aria-hidden="true">
            <span className="chart-top">{formats.number(top)}</span>
            <span className="chart-middle">{formats.number(top / 2)}</span>
            {days.map((date, day) => (
              <div key={date} className="chart-day" title={`${formats.calendarDay(date)}\n${figures(day)}`}>
                {series.map(({ name, look, values }) => (
                  <span key={name} data-look={look} style={{ height: `${(100 * (values[day] ?? 0)) / top}%` }} />
                ))}
                {(days.length - 1 - day) % LABEL_EVERY === 0 && <small>{formats.shortDay(date)}</small>}
              </div>
            ))}
          </div>
          {series.length > 1 && (
            <ul className="chart-legend" aria-hidden="true">
              {series.map(({ name, look }) => (
                <li key={name}>
                  <span data-look={look} /> {name}
                </li>
              ))}
            </ul>
          )}
          <details className="chart-table">
            <summary>{t('chart.asTable')}</summary>
            <div className="table-scroll" tabIndex={0} role="group" aria-labelledby={id}>
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t('chart.day')}</th>
                    {series.map(({ name }) => (
                      <th key={name} scope="col" className="number">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {[...days.keys()].reverse().map((day) => (
                    <tr key={day}>
                      <th scope="row">{formats.calendarDay(days[day] ?? '')}</th>
                      {series.map(({ name, values }) => (
                        <td key={name} className="number">
                          {values[day] == null ? '–' : formats.number(values[day])}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </section>
  );
}
