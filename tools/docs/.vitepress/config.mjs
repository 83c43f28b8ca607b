import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { REPOSITORY } from '../../bootstrap.mjs';
import { decisions, guide, translated } from '../navigation.mjs';
import { anchorOf, pageFiles, pageOf, siteLink } from '../pages.mjs';

/** Words of VitePress itself, in the languages that it does not bring. */
const FRENCH = {
  outline: { label: 'Sur cette page' },
  docFooter: { prev: 'Page précédente', next: 'Page suivante' },
  darkModeSwitchLabel: 'Apparence',
  sidebarMenuLabel: 'Menu',
  returnToTopLabel: 'Retour en haut',
  langMenuLabel: 'Langue',
};
const CHINESE = {
  outline: { label: '本页内容' },
  docFooter: { prev: '上一页', next: '下一页' },
  darkModeSwitchLabel: '外观',
  sidebarMenuLabel: '菜单',
  returnToTopLabel: '回到顶部',
  langMenuLabel: '语言',
};

/** Chinese has no spaces between its words: the browser's own segmenter finds them. */
function words(text) {
  return [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
}

/** Links between files become links between pages; a file that is no page is named and not linked. */
function linkPages(md) {
  md.core.ruler.push('rollcall-links', ({ tokens, env }) => {
    const from = (env.realPath ?? env.path).slice(REPOSITORY.length + 1);
    for (const { children } of tokens) {
      let unlinked = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const link = siteLink(from, token.attrGet('href'));
          unlinked = link === undefined;
          if (unlinked) token.hidden = true;
          else token.attrSet('href', link);
        }
        if (unlinked && (token.type === 'link_open' || token.type === 'link_close')) {
          Object.assign(token, { type: 'text', tag: '', nesting: 0, content: '' });
        }
      }
    }
  });
}

const files = new Set(pageFiles());

export default defineConfig({
  title: 'Rollcall',
  description: 'Directory sync: people and departments from the systems that own them into the systems that need them',
  // The pages lie where they are looked for: in docs/, and with the packages that they are about.
  srcDir: REPOSITORY,
  srcExclude: [
    'README.md',
    'apps/**',
    'tools/**',
    'packages/embedded/**',
    'packages/create-adapter/templates/**',
    'packages/core/api-report.md',
    'packages/*/src/**',
    '.*/**',
  ],
  rewrites: (file) => pageOf(file) ?? file,
  cleanUrls: true,
  cacheDir: join(REPOSITORY, 'node_modules', '.cache', 'rollcall', 'vitepress'),
  metaChunk: true,
  head: [['link', { rel: 'icon', href: '/logo.svg', type: 'image/svg+xml' }]],
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: { '/': guide(), '/adr/': decisions() } } },
    fr: { label: 'Français', lang: 'fr', themeConfig: { ...FRENCH, sidebar: { '/fr/': translated('docs/fr') } } },
    zh: { label: '简体中文', lang: 'zh-CN', themeConfig: { ...CHINESE, sidebar: { '/zh/': translated('docs/zh') } } },
  },
  themeConfig: {
    logo: '/logo.svg',
    outline: [2, 3],
    // Most pages are in English alone: another language begins with its first page.
    i18nRouting: false,
    search: {
      provider: 'local',
      options: {
        miniSearch: { options: { tokenize: words } },
        locales: {
          fr: { translations: { button: { buttonText: 'Rechercher', buttonAriaLabel: 'Rechercher' } } },
          zh: { translations: { button: { buttonText: '搜索', buttonAriaLabel: '搜索' } } },
        },
      },
    },
  },
  markdown: { anchor: { slugify: anchorOf }, config: linkPages },
  vite: {
    publicDir: join(REPOSITORY, 'docs', 'public'),
    server: { watch: { ignored: ['**/.rollcall/**', '**/dist/**', '**/.nx/**'] } },
  },
  transformPageData: ({ filePath }) => {
    if (!files.has(filePath))
      throw new Error(`${filePath} is no page: exclude it in tools/docs/.vitepress/config.mjs.`);
  },
});
