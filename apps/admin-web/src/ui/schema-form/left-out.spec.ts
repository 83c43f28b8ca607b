import { withoutLeftOut } from './left-out';

const SCHEMA = {
  required: ['fields'],
  properties: {
    fields: { type: 'object' },
    proxy: { type: 'object', required: ['host'], properties: { auth: { type: 'object' } } },
  },
};

test.each([
  [{ fields: {}, proxy: {} }, { fields: {} }],
  [{ proxy: { auth: {} } }, {}],
  [{ proxy: { host: 'a', auth: {} } }, { proxy: { host: 'a' } }],
  // Somebody is about to fill it in.
  [{ proxy: { host: undefined } }, { proxy: { host: undefined } }],
  [
    { list: [], none: null, text: '' },
    { list: [], none: null, text: '' },
  ],
])('%j becomes %j', (options, rest) => {
  expect(withoutLeftOut(SCHEMA, options)).toEqual(rest);
  expect(Object.keys(withoutLeftOut(SCHEMA, options))).toEqual(Object.keys(rest));
});
