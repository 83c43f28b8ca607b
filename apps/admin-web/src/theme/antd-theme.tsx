import { StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider, theme as antdTheme, type ThemeConfig } from 'antd';
import type { Locale } from 'antd/es/locale';
import english from 'antd/es/locale/en_US';
import { type ReactElement, type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n/languages';
import { useMedia } from '../ui/use-media';
import { useIsDark } from './theme';
import 'virtual:antd.css';

/** English is part of the library itself. */
const LOCALES: Record<Language, () => Promise<Locale>> = {
  en: () => Promise.resolve(english),
  fr: async () => (await import('antd/es/locale/fr_FR')).default,
  'zh-CN': async () => (await import('antd/es/locale/zh_CN')).default,
};

/** Reads colour variables of base.css in the theme that shows: antd derives its shades from real colours. */
function readColours<T>(read: (colour: (name: string) => string) => T): T {
  const probe = document.createElement('span');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  try {
    return read((name) => {
      probe.style.color = `var(--${name})`;
      return style.color;
    });
  } finally {
    probe.remove();
  }
}

function themeFor(dark: boolean, still: boolean, colour: (name: string) => string): ThemeConfig {
  return {
    // The styles came with the page.
    zeroRuntime: true,
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      motion: !still,
      colorPrimary: colour('accent-fill'),
      colorLink: colour('accent'),
      colorError: colour('bad'),
      colorText: colour('text'),
      colorTextSecondary: colour('muted'),
      colorTextDescription: colour('muted'),
      colorTextPlaceholder: colour('muted'),
      colorBgBase: colour('surface'),
      colorBgContainer: colour('surface'),
      colorBgElevated: colour('surface-raised'),
      colorBorder: colour('line-strong'),
      colorBorderSecondary: colour('line'),
      colorSplit: colour('line'),
      controlOutline: 'transparent',
      fontFamily: 'var(--font)',
      fontSize: 15,
      borderRadius: 8,
      controlHeight: 36,
    },
    components: {
      // On the light red of the dark theme white could not be read.
      Button: { dangerColor: colour('surface') },
      Select: { optionSelectedBg: colour('accent-soft'), optionActiveBg: colour('surface-sunken') },
    },
  };
}

const BUTTON = {
  // Two Chinese characters are a word, not two.
  autoInsertSpace: false,
  // The library's own is called "loading", in English, and stays when what it shows is over at once.
  loadingIcon: <span className="spinner" aria-hidden="true" />,
};

/** Gives the component library our look and the reader's language. */
export function AntdTheme({ children }: { children: ReactNode }): ReactElement {
  const dark = useIsDark();
  const { i18n } = useTranslation();
  // Never without one: the library wraps what has a locale, so a page would begin anew, empty, once it came.
  const [locale, setLocale] = useState<Locale>(english);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const theme = useMemo(() => readColours((colour) => themeFor(dark, still, colour)), [dark, still]);

  useEffect(() => {
    let current = true;
    LOCALES[i18n.language as Language]()
      .then((loaded) => {
        if (current) setLocale(loaded);
      })
      .catch((error: unknown) => console.warn('The component texts of this language could not be loaded.', error));
    return () => {
      current = false;
    };
  }, [i18n.language]);

  return (
    <StyleProvider layer>
      <ConfigProvider theme={theme} button={BUTTON} locale={locale}>
        {children}
      </ConfigProvider>
    </StyleProvider>
  );
}
