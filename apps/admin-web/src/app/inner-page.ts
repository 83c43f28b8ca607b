import { lazyRouteComponent } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { loadTexts } from '../i18n/i18n';
import type { TextArea } from '../i18n/texts';

/** A page behind the sign-in: a chunk of its own, which opens when the texts of its areas are there. */
export function innerPage(load: () => Promise<{ default: () => ReactElement }>, ...areas: TextArea[]) {
  return lazyRouteComponent(async () => {
    const coming = Promise.all([load(), loadTexts('inner', ...areas)]);
    readNumberTables();
    const [page] = await coming;
    return page;
  });
}

/** A browser reads them before its first number, which takes some 30 ms: here it waits anyway. */
function readNumberTables(): void {
  new Intl.NumberFormat(navigator.language).format(0);
}

export const Frame = innerPage(() => import('./frame'));
