import { type ConfigSchema, DATA_TYPES, type DataType, NO_CREDENTIAL } from '@rollcall/core';

/** What an admin sets, as the schema below lets it through, over its defaults. */
export interface WebhookOptions {
  url: string;
  /** `whsec_` and 24 to 64 bytes in base64. */
  secret: string;
  /** Signs beside `secret` while receivers change over. */
  previousSecret?: string;
  /** The value of the header `Authorization`. */
  authorization?: string;
  headers: readonly { name: string; value: string }[];
  dataTypes: readonly DataType[];
  /** Only these fields of records are told; empty: all. */
  fields: readonly string[];
  /** Changes in one message at most. */
  batchSize: number;
}

/** Rollcall hands over so many changes at once. */
const LARGEST_BATCH = 200;

const secret = (title: string, description: string): Record<string, unknown> => ({
  type: 'string',
  title,
  description,
  format: 'password',
  writeOnly: true,
});

/** 24 bytes are 32 characters of base64, 64 bytes are 86 and two of padding. */
const SIGNING_SECRET = { pattern: '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$' };

export const configSchema: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'secret'],
  properties: {
    url: {
      type: 'string',
      title: 'Address',
      description:
        'Where changes are posted to, with https:// or http:// in front. It is shown to whoever may read: a token belongs in Authorization.',
      format: 'uri',
      pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^#]+$',
      not: NO_CREDENTIAL.address,
      maxLength: 2000,
    },
    secret: {
      ...secret(
        'Signing secret',
        'whsec_ and 24 to 64 random bytes in base64; the receiver checks signatures with the same. One is made by: echo "whsec_$(openssl rand -base64 32)"',
      ),
      ...SIGNING_SECRET,
    },
    authorization: {
      ...secret('Authorization', 'Value of that header, for receivers that want one, like Bearer abc.'),
      minLength: 1,
      maxLength: 4000,
    },
    dataTypes: {
      type: 'array',
      title: 'What is told',
      description: 'Changes of users, of departments, or of both. Nothing ticked: both.',
      items: { type: 'string', enum: DATA_TYPES },
      uniqueItems: true,
      minItems: 1,
      default: [...DATA_TYPES],
    },
    fields: {
      type: 'array',
      title: 'Fields',
      description:
        'Only these, by their names in records, like nickname or email. Empty: all. The uid and whether somebody is active are always told.',
      items: { type: 'string', minLength: 1, maxLength: 100 },
      uniqueItems: true,
      maxItems: 200,
      default: [],
    },
    batchSize: {
      'x-advanced': true,
      type: 'integer',
      title: 'Changes in one message',
      description: 'At most so many.',
      minimum: 1,
      maximum: LARGEST_BATCH,
      default: 100,
    },
    headers: {
      'x-advanced': true,
      type: 'array',
      title: 'Further headers',
      description: 'Nothing secret: they are shown in clear. They do not replace those that Rollcall sets.',
      maxItems: 20,
      default: [],
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'value'],
        properties: {
          name: {
            type: 'string',
            title: 'Name',
            description: 'Not Proxy-Authorization or Cookie, nor Authorization, which has a field of its own.',
            pattern: '^[A-Za-z0-9-]{1,100}$',
            not: NO_CREDENTIAL.header,
          },
          value: { type: 'string', title: 'Value', maxLength: 4000 },
        },
      },
    },
    previousSecret: {
      'x-advanced': true,
      ...secret(
        'Previous signing secret',
        'Signs beside the new one while receivers change over. Clear it when all of them have.',
      ),
      ...SIGNING_SECRET,
    },
  },
};
