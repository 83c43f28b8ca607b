import { createContext } from 'react';

/** Whether there is a `main` around: the frame of the pages behind the sign-in has one. */
export const WithinFrame = createContext(false);
