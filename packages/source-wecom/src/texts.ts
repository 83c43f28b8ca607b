import type { AdapterTexts } from '@rollcall/core';
import { MESSAGES } from './messages';

export const DESCRIPTION =
  'Departments and members of a company in WeCom: scheduled reads, and changes as they happen.';

/** The words of the vendor's console stay in Chinese in every language: that is what an admin looks for there. */
export const TEXTS: Record<string, AdapterTexts> = {
  fr: {
    messages: MESSAGES.fr,
    description: 'Départements et membres d’une entreprise dans WeCom : lectures planifiées, et changements en direct.',
    options: {
      corpId: {
        title: 'Corp ID (企业ID)',
        description: 'Console → Mon entreprise (我的企业) → Informations (企业信息), en bas de la page.',
      },
      agentId: {
        title: 'AgentId de l’application',
        description:
          'Console → Applications (应用管理) → l’application interne (自建), à côté de son Secret. Nécessaire pour connaître la plage visible (可见范围) et les membres qui y ont été ajoutés un par un ou par une étiquette.',
      },
      agentSecret: {
        title: 'Secret de l’application',
        description:
          'Console → Applications (应用管理) → l’application interne (自建). Donne noms, fonctions, responsables et chefs de ceux que l’application peut voir. Il faut au moins l’un des deux secrets ; les deux ensemble voient le plus.',
      },
      contactsSecret: {
        title: 'Secret de la synchronisation des contacts (通讯录同步)',
        description:
          'Console → Outils de gestion (管理工具) → Synchronisation des contacts (通讯录同步). Connaît tous ceux qui existent, pour la plupart des entreprises par leur seul identifiant.',
      },
      departments: {
        title: 'Départements à lire (部门ID)',
        description:
          'Identifiants de départements ; tout ce qui se trouve en dessous est lu aussi. Vide : tout ce que les secrets peuvent voir. Qui n’est dans aucun d’eux est considéré comme absent.',
      },
      attributes: {
        title: 'Attributs personnalisés (自定义字段)',
        description:
          'Quel attribut d’un membre remplit quel champ, par exemple 工号 → employeeNumber, ou 邮箱 → email.',
      },
      'attributes.name': { title: 'Attribut', description: 'Son nom dans la console' },
      'attributes.field': {
        title: 'Champ',
        description: 'username, nickname, email, phone, ou le nom d’un champ à vous ; chacun une seule fois',
      },
      callbackToken: {
        title: 'Token du serveur d’événements',
        description:
          'Console → Synchronisation des contacts (通讯录同步) → Définir le serveur d’événements (设置接收事件服务器) ; 32 lettres et chiffres au plus. Pour les événements en direct seulement ; des lectures complètes planifiées restent nécessaires.',
      },
      encodingAesKey: {
        title: 'EncodingAESKey du serveur d’événements',
        description: 'Les 43 lettres et chiffres à côté du Token.',
      },
      ratePerMinute: {
        title: 'Appels par minute',
        description: 'Par secret. WeCom s’arrête à 10 000 pour un même appel.',
      },
      concurrency: { title: 'Appels simultanés', description: 'Par secret.' },
      apiBaseUrl: {
        title: 'Adresse de l’API',
        description: 'Une autre seulement pour un déploiement privé ou un proxy, comme https://wecom.example.',
      },
    },
  },
  'zh-CN': {
    messages: MESSAGES['zh-CN'],
    title: '企业微信',
    description: '企业微信中的部门和成员：定时读取，变更即时同步。',
    options: {
      corpId: { title: '企业ID', description: '管理后台 → 我的企业 → 企业信息，页面最下方。' },
      agentId: {
        title: '应用的 AgentId',
        description: '管理后台 → 应用管理 → 自建应用，在 Secret 旁边。用于读取可见范围，以及逐个或按标签加入的成员。',
      },
      agentSecret: {
        title: '应用的 Secret',
        description:
          '管理后台 → 应用管理 → 自建应用。可读取应用可见成员的姓名、职务、上级和部门负责人。两个 Secret 至少填一个，两个都填最完整。',
      },
      contactsSecret: {
        title: '通讯录同步的 Secret',
        description: '管理后台 → 管理工具 → 通讯录同步。知道企业里有哪些人，多数企业只能读到 ID。',
      },
      departments: {
        title: '要读取的部门ID',
        description: '部门ID，包括其所有下级部门。留空则读取 Secret 可见的全部。不在其中的人视为缺失。',
      },
      attributes: {
        title: '自定义字段',
        description: '成员的哪个自定义字段写入哪个字段，例如 工号 → employeeNumber，邮箱 → email。',
      },
      'attributes.name': { title: '自定义字段名', description: '管理后台中的名称' },
      'attributes.field': {
        title: '字段',
        description: 'username、nickname、email、phone，或自己的字段名；每个只能使用一次',
      },
      callbackToken: {
        title: '事件服务器的 Token',
        description:
          '管理后台 → 管理工具 → 通讯录同步 → 设置接收事件服务器，最多 32 个字母和数字。仅用于即时事件；仍需定时全量读取。',
      },
      encodingAesKey: { title: '事件服务器的 EncodingAESKey', description: 'Token 旁边的 43 个字母和数字。' },
      ratePerMinute: { title: '每分钟调用次数', description: '按每个 Secret 计。企业微信对单个接口的上限为 10,000。' },
      concurrency: { title: '同时调用数', description: '按每个 Secret 计。' },
      apiBaseUrl: {
        title: 'API 地址',
        description: '仅在私有部署或使用代理时才需要修改，例如 https://wecom.example。',
      },
    },
  },
};
