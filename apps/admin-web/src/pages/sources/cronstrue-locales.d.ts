/** Adds its language to cronstrue. */
declare module 'cronstrue/locales/fr.js';
declare module 'cronstrue/locales/zh_CN.js';
