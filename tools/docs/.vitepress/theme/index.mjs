// The fonts of the reader's own system: the site loads nothing from elsewhere, and little from here.
export { default } from 'vitepress/theme-without-fonts';
