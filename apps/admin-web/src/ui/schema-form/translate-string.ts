import { TranslatableString } from '@rjsf/utils';
import type { TFunction } from 'i18next';

/** The form library's own words, in ours; the few that no form of ours can show stay as they are. */
export function translatorOf(t: TFunction) {
  return (text: TranslatableString, parameters: string[] = []): string => {
    const [first = '', second = ''] = parameters;
    switch (text) {
      case TranslatableString.OptionPrefix:
        return t('form.option', { number: first });
      case TranslatableString.TitleOptionPrefix:
        return t('form.option', { number: second });
      case TranslatableString.KeyLabel:
        return t('form.key');
      case TranslatableString.YesLabel:
        return t('form.yes');
      case TranslatableString.NoLabel:
        return t('form.no');
      case TranslatableString.OptionalObjectAdd:
        return t('form.fillIn');
      case TranslatableString.OptionalObjectRemove:
        return t('form.leaveOut');
      case TranslatableString.OptionalObjectEmptyMsg:
        return t('form.leftOut');
      case TranslatableString.DeprecatedLabel:
        return t('form.deprecated', { label: first });
      case TranslatableString.NewStringDefault:
        return '';
      case TranslatableString.UnknownFieldType:
      case TranslatableString.UnsupportedField:
      case TranslatableString.UnsupportedFieldWithId:
      case TranslatableString.UnsupportedFieldWithReason:
      case TranslatableString.UnsupportedFieldWithIdAndReason:
        return t('form.unsupported');
      default:
        return parameters.reduce<string>((words, parameter, index) => words.replace(`%${index + 1}`, parameter), text);
    }
  };
}
