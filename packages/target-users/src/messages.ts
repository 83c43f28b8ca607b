import { messagesIn } from '@rollcall/core';

/** Why this target refuses a record, in the other languages. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  'The {field} is already used by user {id}.': [
    'La valeur de {field} est déjà utilisée par l’utilisateur {id}.',
    '{field} 已被用户 {id} 使用。',
  ],
  'If both are one person, link the record to that user, on their page or with POST /api/links, or match by {field} (matchKey of the source, which a push has to name, too); otherwise change it on one side.':
    [
      'Si c’est la même personne, rattachez l’enregistrement à cet utilisateur, sur sa page, ou réglez la source pour qu’elle le reconnaisse par {field} (un envoi doit nommer ce matchKey, lui aussi) ; sinon changez la valeur d’un côté.',
      '如为同一人，请在该用户的页面上关联此记录，或在数据源中设置按 {field} 识别用户（推送时也要指明此 matchKey）；否则请在一侧修改。',
    ],
  'Change it in the source, or change or release it there.': [
    'Changez-la dans la source, ou changez ou libérez-la là-bas.',
    '请在数据源中修改，或在该用户处修改或放开。',
  ],
});
