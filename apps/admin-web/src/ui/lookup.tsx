import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../i18n/problem-text';
import type { Page } from '../api/types';
import { useDebounced } from './use-debounced';

export interface Found {
  id: number;
  label: string;
  /** What tells it from others of the same name. */
  hint?: string | undefined;
}

interface LookupProps<T, K extends readonly unknown[]> {
  /** Of a form's field. A filter has none, and forgets what was typed and not chosen. */
  id?: string;
  label: string;
  placeholder: string;
  value: Found | null;
  onChange: (value: Found | null) => void;
  /** The list that is searched; `undefined`: its beginning. */
  query: (q: string | undefined) => UseQueryOptions<Page<T>, Error, Page<T>, K>;
  found: (item: T) => Found;
  /** Whether it may be chosen here; absent: all may. */
  offers?: (item: T) => boolean;
  invalid?: boolean;
  describedBy?: string;
}

/**
 * One of very many, found by typing: only what matches is read. What was typed and not chosen stays, and says so:
 * a form must not be sent as if it had not been typed (`hasUnchosen`).
 */
export function Lookup<T, K extends readonly unknown[]>(props: LookupProps<T, K>): ReactElement {
  const { t } = useTranslation();
  const { value, onChange } = props;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const hintId = useId();
  const q = useDebounced(text.trim());
  const results = useQuery({ ...props.query(q || undefined), enabled: open });
  // What was found for other words is not offered: Enter would choose one of them.
  const searching = results.isPending || results.isPlaceholderData || text.trim() !== q;
  const { offers = () => true } = props;
  const items = searching ? [] : (results.data?.items ?? []).filter(offers).map(props.found);
  const nothing = results.isError
    ? problemText(t, results.error)
    : t(searching ? 'lookup.searching' : 'lookup.nothing');
  const inForm = props.id !== undefined;
  // The component empties what it searched for when it closes; who empties it by hand has it open.
  const onSearch = (typed: string): void => {
    if (typed !== '' || open || !inForm) setText(typed);
  };
  const unchosen = !open && text.trim() !== '';
  const invalid = props.invalid === true || unchosen;
  const described = [props.describedBy, unchosen && `${hintId}-unchosen`].filter(Boolean).join(' ');
  const select = (
    <Select<{ value: number; label: string }, { value: number; label: string; hint?: string | undefined }>
      labelInValue
      className="lookup"
      {...(props.id !== undefined && { id: props.id })}
      aria-label={props.label}
      aria-invalid={invalid}
      {...(described !== '' && { 'aria-describedby': described })}
      {...(invalid && { status: 'error' as const })}
      placeholder={props.placeholder}
      allowClear
      // The chosen one keeps its name, and is not offered as if it matched what is typed.
      value={value ? { value: value.id, label: value.label } : null}
      options={items.map(({ id, label, hint }) => ({ value: id, label, hint }))}
      optionRender={({ data }) => (
        <>
          {data.label}
          {data.hint !== undefined && <small className="muted lookup-hint">{data.hint}</small>}
        </>
      )}
      showSearch={{ filterOption: false, searchValue: text, onSearch }}
      notFoundContent={nothing}
      loading={open && results.isFetching}
      open={open}
      onOpenChange={setOpen}
      onChange={(chosen: { value: number } | undefined) => {
        setText('');
        onChange(items.find(({ id }) => id === chosen?.value) ?? null);
      }}
    />
  );
  return (
    // The component would choose what is highlighted when Tab leaves it, which nobody has asked for.
    <div
      className="lookup-box"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Tab') return;
        event.stopPropagation();
        setOpen(false);
      }}
    >
      {select}
      {unchosen && (
        <div id={`${hintId}-unchosen`} className="field-error" role="alert" data-unchosen>
          {t('lookup.unchosen', { text: text.trim() })}
        </div>
      )}
    </div>
  );
}

/** Whether a look-up of the form holds words that nobody was chosen for. */
export const hasUnchosen = (form: HTMLFormElement): boolean => form.querySelector('[data-unchosen]') !== null;
