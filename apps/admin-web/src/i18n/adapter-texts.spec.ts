import type { Adapter } from '../api/types';
import { localAdapter } from './adapter-texts';

const adapter = {
  title: 'Acme HR',
  description: null,
  texts: {
    fr: {
      title: 'Acme RH',
      options: {
        token: { title: 'Jeton' },
        'rules.field': { title: 'Champ', values: { email: 'Adresse e-mail' } },
      },
    },
  },
  configSchema: {
    type: 'object',
    properties: {
      token: { type: 'string', title: 'Token', description: 'From the console' },
      rules: {
        type: 'array',
        title: 'Rules',
        items: { type: 'object', properties: { field: { type: 'string', title: 'Field', enum: ['email'] } } },
      },
    },
  },
} as unknown as Adapter;

test('what an adapter says in a language replaces its own words, at any depth', () => {
  expect(localAdapter(adapter, 'fr')).toMatchObject({
    title: 'Acme RH',
    description: null,
    configSchema: {
      type: 'object',
      properties: {
        token: { type: 'string', title: 'Jeton', description: 'From the console' },
        rules: {
          title: 'Rules',
          items: {
            properties: {
              field: { title: 'Champ', enum: ['email'], 'x-labels': { email: 'Adresse e-mail' } },
            },
          },
        },
      },
    },
  });
});

test('a language that it does not speak leaves it as it is', () => {
  expect(localAdapter(adapter, 'zh-CN')).toBe(adapter);
});
