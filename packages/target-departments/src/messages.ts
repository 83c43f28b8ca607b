import { messagesIn } from '@rollcall/core';

/** Why this target refuses a record, in the other languages. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  'With this parent the department would be below itself.': [
    'Avec ce parent, le département serait sous lui-même.',
    '以此为上级，部门将位于自身之下。',
  ],
  'Name a parent that is not one of its descendants.': [
    'Nommez un parent qui n’est pas l’un de ses descendants.',
    '请指定不在其下级之中的上级。',
  ],
});
