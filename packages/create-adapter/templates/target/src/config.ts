import type { ConfigSchema } from '@rollcall/core';

/** What an admin enters. */
export interface Options {
  url: string;
  token: string;
}

/** The form, and what is checked of it. Use the words of the vendor's own console. */
export const configSchema: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'token'],
  properties: {
    url: {
      type: 'string',
      format: 'uri',
      pattern: '^https?://',
      title: 'Address',
      description: 'Where its API is, like https://crm.example.com/api.',
    },
    // A secret: encrypted when it is stored, and never shown again.
    token: {
      type: 'string',
      format: 'password',
      writeOnly: true,
      minLength: 1,
      title: 'Token',
      description: 'Settings → API. It needs the right to manage people.',
    },
  },
};
