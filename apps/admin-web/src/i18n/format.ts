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
  /** "2.2 s", "15 min 7 s"; no line ends within. */
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
  const date = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(language, options));
  const moment = date({ dateStyle: 'medium', timeStyle: 'short' });
  const exact = date({ dateStyle: 'full', timeStyle: 'long' });
  const day = date({ dateStyle: 'medium' });
  const clock = date({ timeStyle: 'short' });
  const second = date({ timeStyle: 'medium' });
  const calendar = date({ dateStyle: 'medium', timeZone: 'UTC' });
  const short = date({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const number = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
  const unit = (name: string) =>
    once(() => new Intl.NumberFormat(language, { style: 'unit', unit: name, maximumFractionDigits: 1 }));
  const seconds = unit('second');
  const minutes = unit('minute');
  const hours = unit('hour');
  const megabytes = unit('megabyte');

  /** English would write "sec" and "hr"; the symbols are the same in every language of Latin letters. */
  const words = language.startsWith('zh');
  const sized = (value: number, inWords: () => Intl.NumberFormat, symbol: string): string =>
    words ? inWords().format(value) : `${number().format(value)}\u202f${symbol}`;
  const s = (value: number): string => sized(value, seconds, 's');
  const min = (value: number): string => sized(value, minutes, 'min');
  const h = (value: number): string => sized(value, hours, 'h');
  const both = (first: string, second: string): string => `${first}${words ? '' : '\u00a0'}${second}`;

  const duration = (milliseconds: number): string => {
    const length = milliseconds / 1000;
    if (length < 1) return lessThanASecond;
    if (length < 10) return s(length);
    if (length < 60) return s(Math.floor(length));
    const whole = Math.floor(length / 60);
    if (whole < 60) return both(min(whole), s(Math.floor(length % 60)));
    return both(h(Math.floor(whole / 60)), min(whole % 60));
  };

  const ago = (iso: string, now: Date): string => {
    const age = (now.getTime() - new Date(iso).getTime()) / 1000;
    const [name, length] = AGES.find(([, length]) => age >= length) ?? ['second', 1];
    // What a clock that runs ahead calls the future is now.
    return relative().format(-Math.floor(Math.max(0, age) / length), name);
  };

  return {
    moment: (iso) => moment().format(new Date(iso)),
    exactMoment: (iso) => exact().format(new Date(iso)),
    day: (iso) => day().format(new Date(iso)),
    clock: (iso) => clock().format(new Date(iso)),
    second: (iso) => second().format(new Date(iso)),
    duration,
    calendarDay: (date) => calendar().format(new Date(date)),
    shortDay: (date) => short().format(new Date(date)),
    ago,
    number: (value) => number().format(value),
    megabytes: (bytes) => megabytes().format(Math.round(bytes / 1e6)),
  };
}

/** What `make` makes, when it is first asked for: each formatter costs more than all that a page lets it write. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
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

/** By language: every cell of a list uses them. */
const formats = new Map<string, Formats>();

export function useFormats(): Formats {
  const { t, i18n } = useTranslation();
  const known = formats.get(i18n.language);
  if (known) return known;
  const made = formatsFor(regional(i18n.language), t('time.lessThanASecond'));
  formats.set(i18n.language, made);
  return made;
}
