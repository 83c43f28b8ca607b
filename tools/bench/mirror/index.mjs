// The target adapter of the benchmark. It takes everything at once and keeps nothing: what is measured is Rollcall.

const everything = { fields: { except: [] } };

export const adapters = [
  {
    kind: 'target',
    id: 'bench-mirror',
    title: 'Mirror of the benchmark',
    version: '1.0.0',
    after: ['users', 'departments'],
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
    dataTypes: {
      department: { ...everything, canDisable: false },
      user: { ...everything, canDisable: true },
    },
    async *applyRows(changes) {
      for (const { recordId, uid } of changes) yield { recordId, resourceKey: uid };
    },
  },
];
