import { type AdapterTexts, messagesIn } from '@rollcall/core';

export const DESCRIPTION = 'Reads people and departments from Acme HR.';

/** What the adapter says while it works, in the other languages; {n} stands for what varies. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  'It answers: {n} people on the first page.': [
    'Il répond : {n} personnes sur la première page.',
    '有应答：第一页有 {n} 人。',
  ],
  'The token is refused. Enter a new one.': [
    'Le jeton est refusé. Saisissez-en un nouveau.',
    '令牌被拒绝。请填写新令牌。',
  ],
  'The token may not read this. Give it the right to read everybody.': [
    'Le jeton n’a pas le droit de lire cela. Donnez-lui le droit de lire tout le monde.',
    '令牌无权读取此内容。请授予其读取所有人的权限。',
  ],
  'There is no such list at this address. Correct the address.': [
    'Il n’y a pas de telle liste à cette adresse. Corrigez l’adresse.',
    '此地址没有该列表。请更正地址。',
  ],
  'It asks to come again later.': ['Il demande de revenir plus tard.', '对方要求稍后再来。'],
  'It answered {status}.': ['Il a répondu {status}.', '对方应答 {status}。'],
  'Its answer is no page of a list.': ['Sa réponse n’est pas une page de liste.', '其应答不是列表的一页。'],
  'The token does not see {n} people. Give it the right to read everybody.': [
    'Le jeton ne voit pas {n} personnes. Donnez-lui le droit de lire tout le monde.',
    '令牌看不到 {n} 人。请授予其读取所有人的权限。',
  ],
});

/** The form in other languages. */
export const TEXTS: Record<string, AdapterTexts> = {
  fr: {
    title: 'Acme HR',
    description: 'Lit les personnes et les départements de Acme HR.',
    options: {
      url: { title: 'Adresse', description: 'Où se trouve son API, par exemple https://hr.example.com/api.' },
      token: { title: 'Jeton', description: 'Réglages → API. Il doit avoir le droit de lire tout le monde.' },
    },
    messages: MESSAGES.fr,
  },
  'zh-CN': {
    title: 'Acme HR',
    description: '从 Acme HR 读取人员和部门。',
    options: {
      url: { title: '地址', description: '其 API 的地址，例如 https://hr.example.com/api。' },
      token: { title: '令牌', description: '设置 → API。需要读取所有人的权限。' },
    },
    messages: MESSAGES['zh-CN'],
  },
};
