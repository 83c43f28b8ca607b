import { type ReactElement, use } from 'react';
import { regional } from '../i18n/format';
import { loadTexts } from '../i18n/i18n';
import { preferredLanguage } from '../i18n/languages';
import type { TextArea } from '../i18n/texts';
import { whyNotCome } from './page-away';

type Page = () => ReactElement;

/**
 * A page behind the sign-in: a chunk of its own, which opens when the texts of its areas are there. When it does not come the
 * page says so, and nothing is reloaded by itself: what was typed on other pages would be gone.
 */
export function innerPage(load: () => Promise<{ default: Page }>, ...areas: TextArea[]) {
  let coming: Promise<Page> | undefined;
  let page: Page | undefined;
  const open = (): Promise<Page> => (coming ??= opened(load, areas).then((came) => (page = came)));
  function InnerPage(): ReactElement {
    // One that is there is drawn at once: whoever waits for what was promised draws later than the router thinks.
    const Opened = page ?? use(open());
    return <Opened />;
  }
  /** For the router, which waits with the page before. What went wrong shows when the page is drawn. */
  InnerPage.preload = async (): Promise<void> => {
    await Promise.allSettled([open()]);
  };
  return InnerPage;
}

async function opened(load: () => Promise<{ default: Page }>, areas: readonly TextArea[]): Promise<Page> {
  try {
    const coming = Promise.all([load(), loadTexts('inner', ...areas)]);
    readNumberTables();
    const [page] = await coming;
    return page.default;
  } catch (error) {
    throw await whyNotCome(error);
  }
}

/** A browser reads them before its first number, which takes some 30 ms: here it waits anyway. */
function readNumberTables(): void {
  new Intl.NumberFormat(regional(preferredLanguage())).format(0);
}

export const Frame = innerPage(() => import('./frame'));
