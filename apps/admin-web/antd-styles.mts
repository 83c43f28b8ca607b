import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:antd.css';
const SOURCES = join(import.meta.dirname, 'src');

/**
 * `virtual:antd.css`: the styles of the antd components that our sources import. Without it antd would write them in the browser,
 * on every page anew, before it shows. Colours and sizes are not in there but variables, which the theme fills in.
 */
export function antdStyles(): Plugin {
  return {
    name: 'antd-styles',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? write(importedComponents()) : undefined),
  };
}

function importedComponents(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  const names = files.flatMap((file) => {
    const [, imported = ''] = /import \{([^}]+)\} from 'antd';/.exec(readFileSync(join(SOURCES, file), 'utf8')) ?? [];
    return imported.split(',').map((name) => name.trim());
  });
  // Not the types, nor `theme`.
  return [...new Set(names)].filter((name) => /^[A-Z]\w*$/.test(name) && name !== 'ConfigProvider').sort();
}

/** antd and React ask for NODE_ENV when they are loaded, and the class that all of antd's styles hang on depends on it. */
async function write(components: string[]): Promise<string> {
  const [antd, { createCache, extractStyle, StyleProvider }, { createElement }, { renderToStaticMarkup }] =
    await Promise.all([import('antd'), import('@ant-design/cssinjs'), import('react'), import('react-dom/server')]);
  const cache = createCache();
  const shown = components.map((name) => createElement(antd[name as 'Button'], { key: name }));
  renderToStaticMarkup(createElement(StyleProvider, { cache, layer: true }, ...shown));
  return extractStyle(cache, { plain: true, types: 'style' });
}
