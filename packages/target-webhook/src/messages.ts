import { messagesIn } from '@rollcall/core';

/** What this adapter says of receivers and of single changes, in the other languages. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  '{host} answered {status} to this change alone: it is too large.': [
    '{host} a répondu {status} à ce seul changement : il est trop grand.',
    '{host} 对单独这一项变更返回 {status}：内容过大。',
  ],
  '{host} answered {status} to this change alone: it does not take what it says.': [
    '{host} a répondu {status} à ce seul changement : il n’accepte pas ce qu’il dit.',
    '{host} 对单独这一项变更返回 {status}：不接受其内容。',
  ],
  'The receiver refused this change and did not say why.': [
    'Le destinataire a refusé ce changement sans dire pourquoi.',
    '接收方拒绝了此变更，未说明原因。',
  ],
  '{host} answered {status}: it does not take messages with this signature.': [
    '{host} a répondu {status} : il n’accepte pas les messages ainsi signés.',
    '{host} 返回 {status}：不接受此签名的消息。',
  ],
  'Enter the secret that the receiver knows, or what it wants as Authorization.': [
    'Saisissez le secret que le destinataire connaît, ou ce qu’il attend comme Authorization.',
    '请填写接收方已知的密钥，或其要求的 Authorization。',
  ],
  '{host} answered {status}: there is nothing at this address at present.': [
    '{host} a répondu {status} : il n’y a rien à cette adresse pour l’instant.',
    '{host} 返回 {status}：此地址目前不存在。',
  ],
  'Correct it if it is wrong.': ['Corrigez-la si elle est fausse.', '如有误请更正。'],
  '{host} answered {status}: it gave up waiting for the message.': [
    '{host} a répondu {status} : il a cessé d’attendre le message.',
    '{host} 返回 {status}：等待消息超时。',
  ],
  '{host} answered {status}: it wants no more messages.': [
    '{host} a répondu {status} : il ne veut plus de messages.',
    '{host} 返回 {status}：不再接收消息。',
  ],
  'Enter another address, or switch the target off.': [
    'Saisissez une autre adresse, ou désactivez la cible.',
    '请填写其他地址，或关闭此目标。',
  ],
  '{host} answered {status}: it is busy.': [
    '{host} a répondu {status} : il est surchargé.',
    '{host} 返回 {status}：对方繁忙。',
  ],
  '{host} answered {status}: it is busy; it asks to come again in {seconds} seconds.': [
    '{host} a répondu {status} : il est surchargé ; il demande de revenir dans {seconds} secondes.',
    '{host} 返回 {status}：对方繁忙，请在 {seconds} 秒后再试。',
  ],
  '{host} answered {status}: it has trouble of its own.': [
    '{host} a répondu {status} : il a lui-même un problème.',
    '{host} 返回 {status}：对方出现故障。',
  ],
  '{host} answered {status}, a redirect, which is not followed.': [
    '{host} a répondu {status}, une redirection, qui n’est pas suivie.',
    '{host} 返回 {status}，为重定向，不会跟随。',
  ],
  'Enter the address where the receiver really is.': [
    'Saisissez l’adresse où se trouve vraiment le destinataire.',
    '请填写接收方的真实地址。',
  ],
  '{host} answered {status}: it does not understand the message.': [
    '{host} a répondu {status} : il ne comprend pas le message.',
    '{host} 返回 {status}：无法理解该消息。',
  ],
  'Is this the address of a receiver for these webhooks?': [
    'Est-ce bien l’adresse d’un destinataire de ces webhooks ?',
    '这是接收这些 webhook 的地址吗？',
  ],
  '{host} took a signed ping and answered {status}.': [
    '{host} a accepté un ping signé et répondu {status}.',
    '{host} 接受了签名的 ping，返回 {status}。',
  ],
  '{host} answered with a "refused" that is no list.': [
    '{host} a répondu avec un "refused" qui n’est pas une liste.',
    '{host} 返回的 "refused" 不是列表。',
  ],
  '{host} refused something that names no recordId of the message.': [
    '{host} a refusé quelque chose qui ne nomme aucun recordId du message.',
    '{host} 拒绝的内容未指明消息中的 recordId。',
  ],
});
