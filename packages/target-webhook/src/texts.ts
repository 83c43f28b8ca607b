import type { AdapterTexts } from '@rollcall/core';
import { MESSAGES } from './messages';

export const DESCRIPTION =
  'Posts changes of users and departments to an address of yours, as signed messages in the form of Standard Webhooks.';

export const TEXTS: Record<string, AdapterTexts> = {
  en: {
    options: { dataTypes: { values: { user: 'Users', department: 'Departments' } } },
  },
  fr: {
    title: 'Webhook',
    messages: MESSAGES.fr,
    description:
      'Envoie les changements d’utilisateurs et de départements à une adresse à vous, en messages signés selon Standard Webhooks.',
    options: {
      url: {
        title: 'Adresse',
        description:
          'Où les changements sont envoyés, commençant par https:// ou http://. Visible par quiconque peut lire : un jeton a sa place dans Authorization.',
      },
      secret: {
        title: 'Secret de signature',
        description:
          'whsec_ et 24 à 64 octets aléatoires en base64 ; le destinataire vérifie les signatures avec le même. Pour en créer un : echo "whsec_$(openssl rand -base64 32)"',
      },
      authorization: {
        title: 'Authorization',
        description: 'Valeur de cet en-tête, pour un destinataire qui en veut un, par exemple Bearer abc.',
      },
      dataTypes: {
        title: 'Ce qui est envoyé',
        description: 'Les changements d’utilisateurs, de départements, ou des deux. Rien de coché : les deux.',
        values: { user: 'Utilisateurs', department: 'Départements' },
      },
      fields: {
        title: 'Champs',
        description:
          'Seulement ceux-ci, par leurs noms dans les enregistrements, comme nickname ou email. Vide : tous. L’uid et l’état sont toujours envoyés.',
      },
      batchSize: { title: 'Changements par message', description: 'Au plus.' },
      headers: {
        title: 'Autres en-têtes',
        description: 'Rien de secret : ils sont montrés en clair. Ils ne remplacent pas ceux de Rollcall.',
      },
      'headers.name': {
        title: 'Nom',
        description: 'Ni Proxy-Authorization, ni Cookie, ni Authorization, qui a un champ à lui.',
      },
      'headers.value': { title: 'Valeur' },
      previousSecret: {
        title: 'Secret de signature précédent',
        description: 'Signe à côté du nouveau pendant que les destinataires changent. À effacer ensuite.',
      },
    },
  },
  'zh-CN': {
    title: 'Webhook',
    messages: MESSAGES['zh-CN'],
    description: '将用户和部门的变更以签名消息（Standard Webhooks 格式）发送到您的地址。',
    options: {
      url: {
        title: '地址',
        description:
          '变更发送到此地址，以 https:// 或 http:// 开头。有读取权限的人都能看到它：令牌请填在 Authorization 中。',
      },
      secret: {
        title: '签名密钥',
        description:
          'whsec_ 加 24 至 64 个随机字节的 base64；接收方用同一密钥验证签名。生成方法：echo "whsec_$(openssl rand -base64 32)"',
      },
      authorization: { title: 'Authorization', description: '该请求头的值，供需要它的接收方使用，例如 Bearer abc。' },
      dataTypes: {
        title: '发送内容',
        description: '用户的变更、部门的变更，或两者。都不勾选即为两者。',
        values: { user: '用户', department: '部门' },
      },
      fields: {
        title: '字段',
        description: '只发送这些字段，按记录中的名称填写，如 nickname、email。留空则全部发送。uid 和是否启用总会发送。',
      },
      batchSize: { title: '每条消息的变更数', description: '上限。' },
      headers: { title: '其他请求头', description: '不要填写机密：它们以明文显示。不会覆盖 Rollcall 自己的请求头。' },
      'headers.name': {
        title: '名称',
        description: '不能是 Proxy-Authorization 或 Cookie，也不能是 Authorization（它有单独的字段）。',
      },
      'headers.value': { title: '值' },
      previousSecret: {
        title: '旧签名密钥',
        description: '在接收方更换密钥期间与新密钥同时签名。全部更换后请清除。',
      },
    },
  },
};
