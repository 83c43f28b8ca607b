/** How long a new key works; `date`: until a day that is chosen. */
export const LIFETIMES = ['90', '365', 'never', 'date'] as const;
export type Lifetime = (typeof LIFETIMES)[number];

const DAY_MS = 86_400_000;

/** From so many days before its end a key is worth a warning. */
const SOON_DAYS = 30;

/**
 * When the key stops working, as the API takes it; null: never. A day (`2026-12-31`) is meant to its end, in the time zone
 * of whoever chose it. Undefined: no day was chosen, or one that is over.
 */
export function expiryOf(lifetime: Lifetime, day: string, now: Date): string | null | undefined {
  if (lifetime === 'never') return null;
  if (lifetime !== 'date') return new Date(now.getTime() + Number(lifetime) * DAY_MS).toISOString();
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  // Its last moment.
  const end = new Date(year, month - 1, date, 23, 59, 59, 999);
  return Number.isFinite(end.getTime()) && end > now ? end.toISOString() : undefined;
}

/** Whether a key works no more, only for some days more, or for long. */
export function expiryState(expiresAt: string | null, now: Date): 'expired' | 'soon' | 'later' | 'never' {
  if (expiresAt === null) return 'never';
  const left = new Date(expiresAt).getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left < SOON_DAYS * DAY_MS ? 'soon' : 'later';
}

export function daysLeft(expiresAt: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(expiresAt).getTime() - now.getTime()) / DAY_MS));
}
