import { ADDITIONAL_PROPERTY_FLAG, type FieldTemplateProps } from '@rjsf/utils';
import {
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { errorsId } from './ids';
import { isNameless, NAMELESS } from './nameless';
import { RemoveButton } from './remove-button';

/** The names that were there when a pair was asked for: the one that comes with another name is new. */
export const NamesBefore = createContext<RefObject<readonly string[] | undefined>>({ current: undefined });

/** Around the value of a member that the schema does not name: its name can be typed, too. */
export function Pair(props: FieldTemplateProps & { children: ReactElement }): ReactElement {
  return ADDITIONAL_PROPERTY_FLAG in props.schema ? <NamedValue {...props} /> : props.children;
}

function NamedValue(props: FieldTemplateProps & { children: ReactElement }): ReactElement {
  const { t } = useTranslation();
  const { id, label: name, disabled, onKeyRename, onRemoveProperty, children, registry } = props;
  const { namesMissing = false } = registry.formContext as { namesMissing?: boolean };
  const input = useRef<HTMLInputElement>(null);
  const namesBeforeRef = useContext(NamesBefore);
  const [text, setText] = useState('');
  const [named, setNamed] = useState<string>();
  // It may get another name than was typed: one that is free.
  if (named !== name) {
    setNamed(name);
    setText(isNameless(name) ? '' : name);
  }
  useLayoutEffect(() => {
    const before = namesBeforeRef.current;
    if (!before || before.includes(name)) return;
    // The form library calls every new one "newKey". Called otherwise it is drawn anew, and comes here again.
    if (isNameless(name)) input.current?.focus();
    else onKeyRename(NAMELESS);
  }, [namesBeforeRef, name, onKeyRename]);

  const rename = (): void => {
    const typed = text.trim();
    if (typed !== '') onKeyRename(typed);
    else if (!isNameless(name)) onKeyRename(NAMELESS);
  };
  const wrong = namesMissing && isNameless(name);
  return (
    <div className="form-pair">
      <div className="form-field">
        <div className="form-label">
          <label htmlFor={`${id}-key`}>{t('form.key')}</label>
        </div>
        <input
          id={`${id}-key`}
          ref={input}
          className="form-input"
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          disabled={disabled}
          placeholder={t('form.keyToType')}
          aria-invalid={wrong}
          {...(wrong && { 'aria-describedby': errorsId(`${id}-key`) })}
          value={text}
          onChange={(event) => {
            namesBeforeRef.current = undefined;
            setText(event.target.value);
          }}
          onBlur={rename}
          onKeyDown={(event: KeyboardEvent) => {
            // It submits the form, without the focus leaving the field.
            if (event.key === 'Enter') rename();
          }}
        />
        {wrong && (
          <div className="form-errors" id={errorsId(`${id}-key`)}>
            {t('form.errorNameless')}
          </div>
        )}
      </div>
      {children}
      <RemoveButton {...(!isNameless(name) && { name })} disabled={disabled} onClick={onRemoveProperty} />
    </div>
  );
}
