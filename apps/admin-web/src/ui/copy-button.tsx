import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** How long the button tells what happened. */
const TOLD_MS = 2_500;

/** Copies `text`. Browsers refuse that on plain http addresses other than localhost; then it says to do it by hand. */
export function CopyButton({ text }: { text: string }): ReactElement {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();

  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), TOLD_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // Said in the button.
      setOutcome('failed');
    }
  };

  return (
    <button type="button" className="button" onClick={() => void copy()}>
      <span aria-live="polite">{t(`copy.${outcome ?? 'copy'}`)}</span>
    </button>
  );
}
