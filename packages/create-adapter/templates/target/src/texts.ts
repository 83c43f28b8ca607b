import { type AdapterTexts, messagesIn } from '@rollcall/core';

export const DESCRIPTION = 'Keeps the people of Acme CRM in step.';

/** What the adapter says while it works, in the other languages; {n} stands for what varies. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  'It answers, and takes the token.': ['Il répond, et accepte le jeton.', '有应答，令牌有效。'],
  'The token is refused. Enter a new one.': [
    'Le jeton est refusé. Saisissez-en un nouveau.',
    '令牌被拒绝。请填写新令牌。',
  ],
  'The token may not do this. Give it the right to manage people.': [
    'Le jeton n’a pas le droit de faire cela. Donnez-lui le droit de gérer les personnes.',
    '令牌无权执行此操作。请授予其管理人员的权限。',
  ],
  'There is no such API at this address. Correct the address.': [
    'Il n’y a pas de telle API à cette adresse. Corrigez l’adresse.',
    '此地址没有该 API。请更正地址。',
  ],
  'It asks to come again later.': ['Il demande de revenir plus tard.', '对方要求稍后再来。'],
  'It answered {status}.': ['Il a répondu {status}.', '对方应答 {status}。'],
  'Its answer has no id.': ['Sa réponse n’a pas d’id.', '其应答中没有 id。'],
  'It refuses the record ({status}).': ['Il refuse l’enregistrement ({status}).', '对方拒绝该记录（{status}）。'],
});

/** The form in other languages. */
export const TEXTS: Record<string, AdapterTexts> = {
  fr: {
    title: 'Acme CRM',
    description: 'Tient à jour les personnes de Acme CRM.',
    options: {
      url: { title: 'Adresse', description: 'Où se trouve son API, par exemple https://crm.example.com/api.' },
      token: { title: 'Jeton', description: 'Réglages → API. Il doit avoir le droit de gérer les personnes.' },
    },
    messages: MESSAGES.fr,
  },
  'zh-CN': {
    title: 'Acme CRM',
    description: '使 Acme CRM 的人员保持同步。',
    options: {
      url: { title: '地址', description: '其 API 的地址，例如 https://crm.example.com/api。' },
      token: { title: '令牌', description: '设置 → API。需要管理人员的权限。' },
    },
    messages: MESSAGES['zh-CN'],
  },
};
