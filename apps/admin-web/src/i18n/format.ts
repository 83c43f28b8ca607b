import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Formats {
  /** Day and time, in the reader's time zone. */
  moment: (iso: string) => string;
  /** With seconds and time zone, for a tooltip. */
  exactMoment: (iso: string) => string;
  /** The day alone, in the reader's time zone. */
  day: (iso: string) => string;
  /** Hours and minutes. */
  clock: (iso: string) => string;
  /** The same with seconds. */
  second: (iso: string) => string;
  duration: (milliseconds: number) => string;
  /** A day of a calendar (`2026-11-27`), which is the same everywhere. */
  calendarDay: (date: string) => string;
  /** The same without the year. */
  shortDay: (date: string) => string;
  /** "3 hours ago" */
  ago: (iso: string, now: Date) => string;
  number: (value: number) => string;
  /** A size of memory. */
  megabytes: (bytes: number) => string;
}

const AGES = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function formatsFor(language: string, lessThanASecond: string): Formats {
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const second = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const calendar = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const unit = (name: string, value: number, digits = 0): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
      maximumFractionDigits: digits,
    }).format(value);

  const duration = (milliseconds: number): string => {
    const seconds = milliseconds / 1000;
    if (seconds < 1) return lessThanASecond;
    if (seconds < 10) return unit('second', seconds, 1);
    if (seconds < 60) return unit('second', Math.floor(seconds));
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${unit('minute', minutes)} ${unit('second', Math.floor(seconds % 60))}`;
    return `${unit('hour', Math.floor(minutes / 60))} ${unit('minute', minutes % 60)}`;
  };

  const ago = (iso: string, now: Date): string => {
    const seconds = (now.getTime() - new Date(iso).getTime()) / 1000;
    const [name, length] = AGES.find(([, length]) => seconds >= length) ?? ['second', 1];
    // What a clock that runs ahead calls the future is now.
    return relative.format(-Math.floor(Math.max(0, seconds) / length), name);
  };

  return {
    moment: (iso) => moment.format(new Date(iso)),
    exactMoment: (iso) => exact.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    clock: (iso) => clock.format(new Date(iso)),
    second: (iso) => second.format(new Date(iso)),
    duration,
    calendarDay: (date) => calendar.format(new Date(date)),
    shortDay: (date) => short.format(new Date(date)),
    ago,
    number: (value) => number.format(value),
    megabytes: (bytes) => unit('megabyte', Math.round(bytes / 1e6)),
  };
}

/** Dates and numbers the way of the reader's region, when the browser says which: en → en-GB. */
export function regional(language: string, wanted: readonly string[] = navigator.languages): string {
  const [primary] = language.split('-');
  return wanted.find((tag) => tag.split('-')[0] === primary && isTag(tag)) ?? language;
}

/** A browser that runs under a locale of POSIX names languages that are none: `en-US@posix`. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    // That is how it answers what it is asked here.
    return false;
  }
}

export function useFormats(): Formats {
  const { t, i18n } = useTranslation();
  const lessThanASecond = t('time.lessThanASecond');
  return useMemo(() => formatsFor(regional(i18n.language), lessThanASecond), [i18n.language, lessThanASecond]);
}
