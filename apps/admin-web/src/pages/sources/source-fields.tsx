import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { detailText } from '../../i18n/field-text';
import { ConnectionCheck } from '../../ui/connection-check';
import { Folded } from '../../ui/folded';
import { members } from '../../ui/schema-form/schema';
import { SchemaForm } from '../../ui/schema-form/schema-form';
import type { AdapterForm } from '../../ui/use-adapter-form';
import { Line, Part } from './fields';
import { LeavingFields, LimitFields } from './policy-fields';
import { ScheduleFields } from './schedule-fields';
import type { SourceAdapter } from './source-adapter';
import { MATCH_KEYS, RANGES, type SourceDraft } from './source-draft';

interface SourceFieldsProps {
  adapter: SourceAdapter;
  draft: SourceDraft;
  onChange: (draft: SourceDraft) => void;
  form: AdapterForm;
  secretsSet?: readonly string[];
  disabled?: boolean;
  /** What a new source needs beside. */
  name?: ReactElement;
}

/** How the JSON pointers of what has good values by itself begin: a new source need not look at it. */
const RULES = ['/policies', '/matchKey', '/priority'];

/** Everything that can be set on a source. */
export function SourceFields(props: SourceFieldsProps): ReactElement {
  const { adapter, draft, onChange, form, secretsSet, disabled = false, name } = props;
  const { errors } = form;
  const { t } = useTranslation();
  const change = (part: Partial<SourceDraft>): void => onChange({ ...draft, ...part });
  const errorAt = (pointer: string): string | undefined => {
    const found = errors.find((error) => error.pointer === pointer);
    if (found?.code === 'number' && (pointer === '/priority' || pointer === '/policies/graceDays')) {
      return t('form.errorRange', { ...RANGES[pointer] });
    }
    if (found?.code === 'is_cron') return t('schedule.unclear');
    return found && detailText(t, found);
  };
  const common = { draft, onChange: change, errorAt, disabled };
  const rules = (
    <>
      <LeavingFields {...common} />
      <LimitFields {...common} />
      <MatchFields {...common} isPushed={!adapter.capabilities.pull} />
    </>
  );
  const hasOptions = Object.keys(members(members(adapter.configSchema)['properties'])).length > 0;
  return (
    <>
      <Part title={t('sourceForm.general')}>
        {name}
        <Line
          id="source-display-name"
          label={t('sourceForm.displayName')}
          help={t('sourceForm.displayNameHelp')}
          error={errorAt('/displayName')}
        >
          {(attributes) => (
            <input
              {...attributes}
              className="form-input"
              autoComplete="off"
              disabled={disabled}
              value={draft.displayName}
              onChange={(event) => change({ displayName: event.target.value })}
            />
          )}
        </Line>
      </Part>
      {hasOptions && (
        <Part title={t('sourceForm.connection')}>
          <SchemaForm
            schema={adapter.configSchema}
            value={draft.options}
            onChange={(options) => change({ options })}
            errors={errors}
            disabled={disabled}
            {...(secretsSet && { secretsSet })}
          />
          {adapter.capabilities.check && !disabled && <ConnectionCheck form={form} />}
        </Part>
      )}
      {adapter.capabilities.pull && (
        <ScheduleFields
          schedule={draft.schedule}
          onChange={(schedule) => change({ schedule })}
          incremental={adapter.capabilities.incremental}
          events={adapter.capabilities.events}
          errorAt={errorAt}
          disabled={disabled}
        />
      )}
      {name ? (
        <Folded
          title={t('sourceForm.rules')}
          wrong={errors.some(({ pointer }) => RULES.some((place) => pointer.startsWith(place)))}
        >
          <p className="muted">{t('sourceForm.rulesText')}</p>
          {rules}
        </Folded>
      ) : (
        rules
      )}
    </>
  );
}

interface MatchFieldsProps {
  draft: SourceDraft;
  onChange: (change: Partial<SourceDraft>) => void;
  errorAt: (pointer: string) => string | undefined;
  disabled: boolean;
  isPushed: boolean;
}

/** Whom a record of somebody whom Rollcall knows already belongs to, and whose word counts. */
function MatchFields({ draft, onChange, errorAt, disabled, isPushed }: MatchFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Part title={t('match.title')}>
      <fieldset className="source-match" aria-describedby="source-match-help">
        <legend>{t('match.key')}</legend>
        <p id="source-match-help" className="form-help">
          {t('match.help')} {isPushed && t('match.pushHelp')}
        </p>
        <div className="form-ticks">
          {MATCH_KEYS.map((key) => (
            <label key={key} className="form-tick">
              <input
                type="checkbox"
                disabled={disabled}
                checked={draft.matchKey.includes(key)}
                onChange={(event) =>
                  onChange({
                    matchKey: MATCH_KEYS.filter((known) =>
                      known === key ? event.target.checked : draft.matchKey.includes(known),
                    ),
                  })
                }
              />
              {t(`match.${key}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <Line
        id="source-priority"
        label={t('match.priority')}
        help={t('match.priorityHelp')}
        error={errorAt('/priority')}
      >
        {(attributes) => (
          <input
            {...attributes}
            className="form-input"
            data-narrow
            inputMode="numeric"
            disabled={disabled}
            value={draft.priority}
            onChange={(event) => onChange({ priority: event.target.value })}
          />
        )}
      </Line>
    </Part>
  );
}
