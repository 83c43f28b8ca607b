import { BUILT_IN } from './built-in';
import { adapterProblems } from '@rollcall/core/checks';
import { type Options, secretNames, validateOptions, withDefaults } from '@rollcall/core/checks';

const adapters = BUILT_IN.flatMap((entry) => entry.adapters);

test.each(adapters.map((adapter) => [`${adapter.kind} ${adapter.id}`, adapter] as const))(
  'the %s keeps to the contract',
  (_name, adapter) => {
    expect(adapterProblems(adapter)).toEqual([]);
  },
);

describe('the options of a WeCom source', () => {
  const { configSchema } = adapters.find(({ id }) => id === 'wecom')!;
  const least = { corpId: 'ww0123456789abcdef', agentSecret: 's' };
  const problems = (options: Options): string[] =>
    validateOptions(configSchema, options).map(({ pointer, code }) => `${pointer} ${code}`);

  test('both secrets of the API and both keys of callbacks are secret', () => {
    expect(secretNames(configSchema)).toEqual(['agentSecret', 'contactsSecret', 'callbackToken', 'encodingAesKey']);
  });

  test("what is left out gets the vendor's values", () => {
    expect(withDefaults(configSchema, least)).toEqual({
      ...least,
      ...{ ratePerMinute: 1_000, concurrency: 4, apiBaseUrl: 'https://qyapi.weixin.qq.com' },
    });
  });

  test.each<[string, Options]>([
    ['the least', least],
    ['contacts sync alone', { corpId: 'ww0', contactsSecret: 's' }],
    [
      'everything',
      {
        ...{ ...least, agentId: 1000002, contactsSecret: 's', departments: [1, 4294967295] },
        ...{ callbackToken: 'QDG6eK', encodingAesKey: 'a'.repeat(43), ratePerMinute: 60, concurrency: 1 },
        ...{ apiBaseUrl: 'http://127.0.0.1:4000', attributes: [{ name: '工号', field: 'employeeNumber' }] },
      },
    ],
    ['attributes that fill known fields', { ...least, attributes: [{ name: '邮箱', field: 'email' }] }],
  ])('%s will do', (_what, options) => {
    expect(problems(options)).toEqual([]);
  });

  test.each<[string, Options, string[]]>([
    ['no corp', { agentSecret: 's' }, ['/options/corpId required']],
    ['a misspelt option', { ...least, agentid: 7 }, ['/options/agentid unknown_field']],
    ['a token without its key', { ...least, callbackToken: 't' }, ['/options/encodingAesKey required']],
    ['a key without its token', { ...least, encodingAesKey: 'a'.repeat(43) }, ['/options/callbackToken required']],
    [
      'a key that is too short',
      { ...least, callbackToken: 't', encodingAesKey: 'a' },
      ['/options/encodingAesKey pattern'],
    ],
    [
      'an attribute that fills the uid',
      { ...least, attributes: [{ name: 'x', field: 'uid' }] },
      ['/options/attributes/0/field not'],
    ],
    ['another kind of address', { ...least, apiBaseUrl: 'ftp://example.com' }, ['/options/apiBaseUrl pattern']],
    ['no calls at all', { ...least, ratePerMinute: 0 }, ['/options/ratePerMinute minimum']],
  ])('%s is refused', (_what, options, expected) => {
    expect(problems(options)).toEqual(expected);
  });
});
