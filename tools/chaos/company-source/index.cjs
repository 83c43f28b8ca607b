const { readFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const { company } = require('./company.cjs');

const PAGE = 250;

/** Reads its version and its pace from a file at every pull. */
exports.adapters = [
  {
    kind: 'source',
    id: 'company',
    title: 'A company that changes',
    version: '1.0.0',
    configSchema: {
      type: 'object',
      additionalProperties: false,
      required: ['file'],
      properties: { file: { type: 'string' } },
    },
    async *pull({ options, signal }) {
      const { version, pageMs } = JSON.parse(readFileSync(options.file, 'utf8'));
      const { departments, users } = company(version);
      yield { dataType: 'department', records: departments };
      for (let start = 0; start < users.length; start += PAGE) {
        await sleep(pageMs, undefined, { signal });
        yield { dataType: 'user', records: users.slice(start, start + PAGE) };
      }
      return { complete: { user: true, department: true } };
    },
  },
];
