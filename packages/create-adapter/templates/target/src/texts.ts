import type { AdapterTexts } from '@rollcall/core';

export const DESCRIPTION = 'Keeps the people of Acme CRM in step.';

/** The form and the messages in other languages. `messages` has what the adapter says; {n} stands for what varies. */
export const TEXTS: Record<string, AdapterTexts> = {
  fr: {
    title: 'Acme CRM',
    description: 'Tient à jour les personnes de Acme CRM.',
    options: {
      url: { title: 'Adresse', description: 'Où se trouve son API, par exemple https://crm.example.com/api.' },
      token: { title: 'Jeton', description: 'Réglages → API. Il doit avoir le droit de gérer les personnes.' },
    },
    messages: {
      'It answers, and takes the token.': 'Il répond, et accepte le jeton.',
      'The token is refused. Enter a new one.': 'Le jeton est refusé. Saisissez-en un nouveau.',
      'The token may not do this. Give it the right to manage people.':
        'Le jeton n’a pas le droit de faire cela. Donnez-lui le droit de gérer les personnes.',
      'There is no such API at this address. Correct the address.':
        'Il n’y a pas de telle API à cette adresse. Corrigez l’adresse.',
      'It asks to come again later.': 'Il demande de revenir plus tard.',
      'It answered {status}.': 'Il a répondu {status}.',
      'Its answer has no id.': 'Sa réponse n’a pas d’id.',
      'It refuses the record ({status}).': 'Il refuse l’enregistrement ({status}).',
    },
  },
  'zh-CN': {
    title: 'Acme CRM',
    description: '使 Acme CRM 的人员保持同步。',
    options: {
      url: { title: '地址', description: '其 API 的地址，例如 https://crm.example.com/api。' },
      token: { title: '令牌', description: '设置 → API。需要管理人员的权限。' },
    },
    messages: {
      'It answers, and takes the token.': '有应答，令牌有效。',
      'The token is refused. Enter a new one.': '令牌被拒绝。请填写新令牌。',
      'The token may not do this. Give it the right to manage people.': '令牌无权执行此操作。请授予其管理人员的权限。',
      'There is no such API at this address. Correct the address.': '此地址没有该 API。请更正地址。',
      'It asks to come again later.': '对方要求稍后再来。',
      'It answered {status}.': '对方应答 {status}。',
      'Its answer has no id.': '其应答中没有 id。',
      'It refuses the record ({status}).': '对方拒绝该记录（{status}）。',
    },
  },
};
