import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient, whenSessionEnds } from './api/query-client';
import { adopt } from './api/session';
import { router } from './app/router';
import { startI18n } from './i18n/i18n';
import './styles/start.css';

whenSessionEnds(() => {
  const { pathname, href } = router.state.location;
  adopt(null);
  if (pathname === '/sign-in') return;
  void router.navigate({ to: '/sign-in', search: { from: href }, state: { sessionEnded: true } });
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

// The language is known at once, its words come later. Meanwhile the router asks who is signed in, then for the page's code and
// data: one after the other each would wait for the one before.
const words = startI18n();
void router.load();

words
  .then(() =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StrictMode>,
    ),
  )
  .catch((error: unknown) => {
    // No language file, no words of ours: the one text of these pages that is not translated.
    console.error(error);
    root.textContent = 'Rollcall could not load its pages. Check the connection and reload.';
  });
