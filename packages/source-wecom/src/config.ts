import { type ConfigSchema, RESERVED_FIELDS, RollcallError } from '@rollcall/core';

/** What an admin sets, as the schema below lets it through. */
export interface WecomOptions {
  corpId: string;
  agentId?: number;
  agentSecret?: string;
  contactsSecret?: string;
  /** Ids of departments; with everything below them they are what is read. Empty or absent: all. */
  departments?: readonly number[];
  attributes?: readonly AttributeMapping[];
  callbackToken?: string;
  encodingAesKey?: string;
  ratePerMinute?: number;
  concurrency?: number;
  apiBaseUrl?: string;
}

/** A member's custom attribute (`extattr`), and the field of the user that it fills. */
export interface AttributeMapping {
  name: string;
  field: string;
}

/** Names of the options that are secrets of the API. */
export type SecretOption = 'agentSecret' | 'contactsSecret';

export const VENDOR_API = 'https://qyapi.weixin.qq.com';
export const DEFAULT_RATE = 1_000;
export const DEFAULT_CONCURRENCY = 4;

/** Fields that follow from what WeCom itself says, and names that belong to Rollcall. */
const NOT_TO_MAP = ['uid', 'managerUid', 'departments', 'isDisabled', 'isDeleted', ...RESERVED_FIELDS];

const secret = (title: string, description: string): Record<string, unknown> => ({
  type: 'string',
  title,
  description,
  minLength: 1,
  maxLength: 512,
  pattern: '^\\S(.*\\S)?$',
  format: 'password',
  writeOnly: true,
});

export const configSchema: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['corpId'],
  // What of the two secrets is missing is said by check and by a read: a form cannot say "at least one" in plain words. So is
  // that two attributes fill one field, which a schema cannot say at all.
  dependentRequired: { callbackToken: ['encodingAesKey'], encodingAesKey: ['callbackToken'] },
  properties: {
    corpId: {
      type: 'string',
      title: 'Corp ID (企业ID)',
      description: 'Console → My Company (我的企业) → Company Information (企业信息), at the bottom of the page.',
      minLength: 1,
      maxLength: 64,
      pattern: '^\\S+$',
    },
    agentId: {
      type: 'integer',
      title: 'AgentId of the app',
      description:
        'Console → Apps (应用管理) → the self-built app (自建), next to its Secret. Needed to see the visible range (可见范围), and members who were picked for it one by one or by a tag.',
      minimum: 1,
      maximum: 4294967295,
    },
    agentSecret: secret(
      'Secret of the app',
      'Console → Apps (应用管理) → the self-built app (自建). Gives names, positions, managers and leaders of whom the app may see. At least one of the two secrets is needed; both together see most.',
    ),
    contactsSecret: secret(
      'Secret of contacts sync (通讯录同步)',
      'Console → Management Tools (管理工具) → Contacts Sync (通讯录同步). Knows everybody who exists, for most companies by id alone.',
    ),
    departments: {
      'x-advanced': true,
      type: 'array',
      title: 'Departments to read (部门ID)',
      description:
        'Ids of departments; all below them is read, too. Empty: everything that the secrets may see. Somebody who is in none of them counts as missing.',
      items: { type: 'integer', minimum: 1, maximum: 4294967295 },
      uniqueItems: true,
      maxItems: 1000,
    },
    attributes: {
      'x-advanced': true,
      type: 'array',
      title: 'Custom attributes (自定义字段)',
      description: 'Which attribute of a member fills which field, for example 工号 → employeeNumber, or 邮箱 → email.',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'field'],
        properties: {
          name: {
            type: 'string',
            title: 'Attribute',
            description: 'Its name in the console',
            minLength: 1,
            maxLength: 100,
          },
          field: {
            type: 'string',
            title: 'Field',
            description: 'username, nickname, email, phone, or any name of a field of your own; each only once',
            minLength: 1,
            maxLength: 100,
            not: { enum: NOT_TO_MAP },
          },
        },
      },
    },
    callbackToken: {
      'x-advanced': true,
      ...secret(
        'Token of the event server',
        'Console → Contacts Sync (通讯录同步) → Set event server (设置接收事件服务器); at most 32 letters and digits. Only for live events; scheduled full reads stay necessary.',
      ),
      maxLength: 32,
      pattern: '^[A-Za-z0-9]+$',
    },
    encodingAesKey: {
      'x-advanced': true,
      ...secret('EncodingAESKey of the event server', 'The 43 letters and digits beside the Token.'),
      pattern: '^[A-Za-z0-9]{43}$',
    },
    ratePerMinute: {
      'x-advanced': true,
      type: 'integer',
      title: 'Calls a minute',
      description: 'Of each secret. WeCom stops at 10,000 for one kind of call.',
      minimum: 1,
      maximum: 10_000,
      default: DEFAULT_RATE,
    },
    concurrency: {
      'x-advanced': true,
      type: 'integer',
      title: 'Calls at one time',
      description: 'Of each secret.',
      minimum: 1,
      maximum: 20,
      default: DEFAULT_CONCURRENCY,
    },
    apiBaseUrl: {
      'x-advanced': true,
      type: 'string',
      title: 'Address of the API',
      description: 'Another one only for a private deployment or a proxy, like https://wecom.example.',
      format: 'uri',
      pattern: '^https?://[^?#@]+$',
      default: VENDOR_API,
    },
  },
};

/** Throws `configuration` for what the schema cannot say: there is neither secret, or two attributes fill one field. */
export function requireUsable({ agentSecret, contactsSecret, attributes = [] }: WecomOptions): void {
  if (agentSecret === undefined && contactsSecret === undefined) {
    throw new RollcallError(
      'configuration',
      'There is no secret: enter that of a self-built app, that of contacts sync (通讯录同步), or both.',
      { field: 'agentSecret' },
    );
  }
  for (const [index, { name, field }] of attributes.entries()) {
    const first = attributes.findIndex((other) => other.field === field);
    if (first === index) continue;
    // Which of them somebody shows would differ from member to member, and an empty one would clear what the other says.
    throw new RollcallError(
      'configuration',
      `The attributes "${attributes[first]?.name ?? ''}" and "${name}" both fill the field "${field}". Keep one of them, or give the other a field of its own.`,
      { field: `attributes/${index}/field` },
    );
  }
}
