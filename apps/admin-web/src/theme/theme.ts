import { useSyncExternalStore } from 'react';
import { remember, remembered } from '../storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Read by public/theme.js too, before the first paint. */
const KEY = 'rollcall.theme';

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Theme = THEMES.find((theme) => theme === remembered(KEY)) ?? 'system';

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  remember(KEY, theme);
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener('change', listener);
  };
}

/** What was chosen, `system` included. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen);
}

/** What the choice comes to now. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => (chosen === 'system' ? systemDark.matches : chosen === 'dark'));
}
