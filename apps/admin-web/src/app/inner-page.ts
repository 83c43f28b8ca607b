import { lazyRouteComponent } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { loadTexts } from '../i18n/i18n';
import type { TextArea } from '../i18n/texts';

/** A page behind the sign-in: a chunk of its own, which opens when the texts of its areas are there. */
export function innerPage(load: () => Promise<{ default: () => ReactElement }>, ...areas: TextArea[]) {
  return lazyRouteComponent(async () => {
    const [page] = await Promise.all([load(), loadTexts('inner', ...areas)]);
    return page;
  });
}

export const Frame = innerPage(() => import('./frame'));
