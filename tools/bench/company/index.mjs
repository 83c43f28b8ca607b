// The source adapter of the benchmark. It makes its records up as they are read: what is measured is Rollcall.
import { pages } from './records.mjs';

export const adapters = [
  {
    kind: 'source',
    id: 'bench-company',
    title: 'Company of the benchmark',
    version: '1.0.0',
    configSchema: {
      type: 'object',
      additionalProperties: false,
      required: ['users', 'state'],
      properties: {
        users: { type: 'integer', minimum: 1 },
        state: { type: 'string', enum: ['base', 'changed', 'gone'] },
        prefix: { type: 'string', default: '' },
      },
    },
    async *pull({ options }) {
      yield* pages(options.users, options.state, options.prefix);
      return { complete: { user: true, department: true } };
    },
  },
];
