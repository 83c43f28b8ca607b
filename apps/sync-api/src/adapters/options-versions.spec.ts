import { type Adapter, type ConfigSchema, defineSource } from '@rollcall/core';
import { secretKey } from '../secrets/secret-key';
import { SecretBox } from '../secrets/secret-box';
import { AdapterOptions, type Configured } from './adapter-options';
import { AdapterRegistry } from './adapter-registry';

const box = new SecretBox(secretKey('correct horse battery staple'));

const schema = (secret: string, ...plain: string[]): ConfigSchema => ({
  type: 'object',
  additionalProperties: false,
  required: [secret, ...plain],
  properties: {
    [secret]: { type: 'string', format: 'password', writeOnly: true },
    ...Object.fromEntries(plain.map((name) => [name, { type: 'string' }])),
  },
});

const first = defineSource({ id: 'acme', title: 'Acme', version: '1.0.0', configSchema: schema('key', 'host') });

/** The same two versions later: other names, and an address instead of a host. */
const third = (
  migrateOptions: Adapter['migrateOptions'] = ({ key, host, ...rest }) => ({
    ...rest,
    token: key,
    url: `https://${String(host)}`,
  }),
): Adapter =>
  defineSource({
    ...{ id: 'acme', title: 'Acme', version: '3.0.0', configSchema: schema('token', 'url') },
    ...{ optionsVersion: 3, migrateOptions },
  });

function optionsOf(adapter: Adapter): AdapterOptions {
  const entry = { adapter, origin: 'acme', directory: '/', icon: null };
  return new AdapterOptions('source', new AdapterRegistry([entry]), box);
}

/** As the first version of the adapter left it. */
const stored = (): Configured => ({
  ...{ id: 7, name: 'hr', type: 'acme' },
  ...optionsOf(first).create(7, first, { key: 'hidden-key-1', host: 'hr.example' }),
});

describe('options that an earlier version of an adapter stored', () => {
  it('reach the adapter in its own shape, told from which version they are', () => {
    const migrate = jest.fn(third().migrateOptions);
    expect(optionsOf(third(migrate)).inClear(stored())).toEqual({ token: 'hidden-key-1', url: 'https://hr.example' });
    expect(migrate).toHaveBeenCalledWith({ key: 'hidden-key-1', host: 'hr.example' }, 1);
  });

  it('are shown in it, and no secret with them', () => {
    expect(optionsOf(third()).unusable(stored())).toBeNull();
    expect(optionsOf(third()).shown(stored())).toEqual({
      options: { url: 'https://hr.example' },
      secretsSet: ['token'],
    });
  });

  it('stay as they were until an admin saves, so that an earlier version can be put back', () => {
    const before = stored();
    optionsOf(third()).inClear(before);
    expect(optionsOf(first).inClear(before)).toEqual({ key: 'hidden-key-1', host: 'hr.example' });
    const adapter = third();
    const saved = { ...before, ...optionsOf(adapter).update(before, adapter, { url: 'https://hr.example' }) };
    expect(saved).toMatchObject({ optionsVersion: 3, options: { url: 'https://hr.example' } });
    expect(Object.keys(saved.secrets)).toEqual(['token']);
    expect(optionsOf(adapter).inClear(saved)).toEqual({ token: 'hidden-key-1', url: 'https://hr.example' });
  });

  it('lose their secrets when they are saved with another host, as ever', () => {
    const adapter = third();
    expect(optionsOf(adapter).update(stored(), adapter, { url: 'https://other.example' }).secrets).toEqual({});
  });

  it.each<[string, Adapter['migrateOptions'], RegExp]>([
    [
      'throws',
      () => fail('no key hidden-key-1'),
      /cannot take over the options of "hr" .* no key \[secret\]\. Report it .* open the source/,
    ],
    ['returns nothing', () => undefined as never, /migrateOptions returned no options/],
    ['returns what is not valid', () => ({ token: 'x' }), /option "url" is required\. Complete its options/],
  ])('stop the source with the reason when migrateOptions %s, and can be set anew', (_, migrate, message) => {
    const adapter = third(migrate);
    const read = (): unknown => optionsOf(adapter).inClear(stored());
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'configuration' }));
    expect(optionsOf(adapter).unusable(stored())).toMatch(message);
    expect(() => optionsOf(adapter).shown(stored())).not.toThrow();
    const given = { token: 'new', url: 'https://hr.example' };
    const saved = { ...stored(), ...optionsOf(adapter).update(stored(), adapter, given) };
    expect(optionsOf(adapter).inClear(saved)).toEqual(given);
    expect(optionsOf(adapter).unusable(saved)).toBeNull();
  });

  it('of a later version are not touched: that version has to be installed again, or they are set anew', () => {
    const later = { ...stored(), optionsVersion: 2 };
    expect(() => optionsOf(first).inClear(later)).toThrow(
      'The options of "hr" were saved with a newer version of the adapter "acme". Install that one again, or open the source and save its options anew.',
    );
    expect(optionsOf(first).unusable(later)).toMatch(/saved with a newer version of the adapter "acme"/);
    expect(optionsOf(first).shown(later)).toEqual({ options: {}, secretsSet: [] });
  });
});

function fail(message: string): never {
  throw new Error(message);
}
