import type { ReactElement } from 'react';
import { useFormats } from '../i18n/format';

/** Day and time where the reader is; the seconds and the time zone in the tooltip. */
export function Moment({ at }: { at: string }): ReactElement {
  const formats = useFormats();
  return (
    <time dateTime={at} title={formats.exactMoment(at)}>
      {formats.moment(at)}
    </time>
  );
}
