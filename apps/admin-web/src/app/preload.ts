import { SourcesPage } from '../pages/sources/routes';
import { Frame } from './inner-page';

/** While a password is being checked, the next page's code can be on its way. What fails now is tried again then. */
export function preloadInnerPages(): void {
  void Promise.allSettled([Frame.preload(), SourcesPage.preload()]);
}
