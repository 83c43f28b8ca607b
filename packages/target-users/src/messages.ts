import { messagesIn } from '@rollcall/core';

/** Why this target refuses a record, in the other languages. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  'The {field} is already used by user {id}.': [
    'La valeur de {field} est déjà utilisée par l’utilisateur {id}.',
    '{field} 已被用户 {id} 使用。',
  ],
  'If both are one person, link the record to that user (POST /api/links), or match by {field} (matchKey of the source, which a push has to name, too); otherwise change it on one side.':
    [
      'Si c’est la même personne, liez l’enregistrement à cet utilisateur (POST /api/links), ou rapprochez par {field} (matchKey de la source, qu’un envoi doit nommer aussi) ; sinon changez la valeur d’un côté.',
      '如为同一人，请将记录关联到该用户（POST /api/links），或按 {field} 匹配（数据源的 matchKey，推送时也要指明）；否则请在一侧修改。',
    ],
  'Change it in the source, or change or release it there.': [
    'Changez-la dans la source, ou changez ou libérez-la là-bas.',
    '请在数据源中修改，或在该用户处修改或放开。',
  ],
});
