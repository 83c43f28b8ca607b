import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckResult, Problem } from '../../api/types';
import { localText } from '../../i18n/note-text';
import { Folded } from '../../ui/folded';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';
import { members } from '../../ui/schema-form/schema';
import { SchemaForm } from '../../ui/schema-form/schema-form';
import { Line, Part } from './fields';
import { LeavingFields, LimitFields } from './policy-fields';
import { ScheduleFields } from './schedule-fields';
import type { SourceAdapter } from './source-adapter';
import { MATCH_KEYS, type SourceDraft } from './source-draft';

interface SourceFieldsProps {
  adapter: SourceAdapter;
  draft: SourceDraft;
  onChange: (draft: SourceDraft) => void;
  errors: NonNullable<Problem['errors']>;
  answer: CheckResult | undefined;
  checking: boolean;
  /** Why the connection could not even be tried. */
  checkProblem: unknown;
  /** Undefined: nobody may try the connection. */
  onCheck: (() => void) | undefined;
  secretsSet?: readonly string[];
  disabled?: boolean;
  /** What a new source needs beside. */
  name?: ReactElement;
}

/** How the JSON pointers of what has good values by itself begin: a new source need not look at it. */
const RULES = ['/policies', '/matchKey', '/priority'];

/** Everything that can be set on a source. */
export function SourceFields(props: SourceFieldsProps): ReactElement {
  const { adapter, draft, onChange, errors, secretsSet, disabled = false, name } = props;
  const { t } = useTranslation();
  const change = (part: Partial<SourceDraft>): void => onChange({ ...draft, ...part });
  const errorAt = (pointer: string): string | undefined => {
    const found = errors.find((error) => error.pointer === pointer);
    return found && (found.code === 'number' ? t('sourceForm.numberWrong') : found.message);
  };
  const common = { draft, onChange: change, errorAt, disabled };
  const rules = (
    <>
      <LeavingFields {...common} />
      <LimitFields {...common} />
      <MatchFields {...common} />
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
              maxLength={200}
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
          <Check {...props} />
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

function Check({ adapter, answer, checking, checkProblem, onCheck }: SourceFieldsProps): ReactElement | null {
  const { t, i18n } = useTranslation();
  if (!adapter.capabilities.check || !onCheck) return null;
  return (
    <div className="source-check">
      <Button loading={checking} onClick={onCheck}>
        {t('sourceForm.check')}
      </Button>
      {answer && (
        <Notice
          kind={answer.ok ? 'good' : 'error'}
          title={t(answer.ok ? 'sourceForm.checkGood' : 'sourceForm.checkBad')}
        >
          {localText(i18n.language, answer.message, answer.texts)}
        </Notice>
      )}
      {checkProblem !== undefined && <ProblemNotice error={checkProblem} />}
    </div>
  );
}

interface MatchFieldsProps {
  draft: SourceDraft;
  onChange: (change: Partial<SourceDraft>) => void;
  errorAt: (pointer: string) => string | undefined;
  disabled: boolean;
}

/** Whom a record of somebody whom Rollcall knows already belongs to, and whose word counts. */
function MatchFields({ draft, onChange, errorAt, disabled }: MatchFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Part title={t('match.title')}>
      <fieldset className="source-match" aria-describedby="source-match-help">
        <legend>{t('match.key')}</legend>
        <p id="source-match-help" className="form-help">
          {t('match.help')}
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
