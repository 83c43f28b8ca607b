import { untranslated } from '@rollcall/core/testing';
import { createWecomSource } from './adapter';
import type { WecomOptions } from './config';
import { MESSAGES } from './messages';
import { contextFor, freshOptions, reset, type Scripted, ScriptedWecom } from './test-support/scripted-wecom';

const wecomSource = createWecomSource({ backoff: 1, block: 60_000 });

let wecom: ScriptedWecom;

beforeEach(() => {
  wecom = new ScriptedWecom();
});

const check = async (options: WecomOptions): Promise<unknown> => {
  const result = await wecomSource.check!(contextFor(options, wecom.http).context);
  for (const { message } of [result, ...(result.errors ?? [])]) expect(untranslated(MESSAGES, message)).toEqual({});
  return result;
};

const says = (words: RegExp): unknown => ({ ok: true, message: expect.stringMatching(words) });

const blames = (...errors: [field: string, words: RegExp][]): unknown => ({
  ok: false,
  message: expect.any(String),
  errors: errors.map(([field, words]) => ({ field, message: expect.stringMatching(words) })),
});

const at = (path: string, answer: Scripted): void => {
  wecom.script = (call) => (call.path === path ? answer : undefined);
};

describe('it says what the secrets see, and what they therefore do not', () => {
  test('an app that sees all', async () => {
    expect(await check(freshOptions('app', { agentId: 1000002 }))).toEqual(
      says(
        /sees the whole company: 3 departments.*called "Sync".*not given to this app.*Without the secret of contacts sync.*Live events are off/,
      ),
    );
  });

  test('an app that lists members and is shown none of them', async () => {
    at('user/get', { errcode: 60011 });
    expect(await check(freshOptions('app'))).toEqual(
      says(/WeCom lists members and shows none of the \d that were asked for \(errcode 60011 or 60111\)/),
    );
  });

  test('lists that are empty', async () => {
    wecom.company.departments.splice(1);
    wecom.company.people = [];
    wecom.script = ({ path }) =>
      /department\/(simple)?list/.test(path) ? { errcode: 0, department: [], department_id: [] } : undefined;
    expect(await check(freshOptions('app'))).toEqual(says(/WeCom lists no department to it/));
    at('user/list_id', { errcode: 0 });
    expect(await check(freshOptions('contacts'))).toEqual(says(/It lists nobody/));
  });

  test('an app that is given phone numbers', async () => {
    Object.assign(wecom.company.people[0]!, { mobile: '138', biz_mail: 'z@example.com' });
    expect(await check(freshOptions('app'))).toEqual(says(/Phone numbers and e-mail addresses are given\./));
  });

  test('an app that is given phone numbers alone', async () => {
    wecom.company.people[1]!['mobile'] = '138';
    expect(await check(freshOptions('app'))).toEqual(
      says(/Phone numbers are given; of the 4 members looked at nobody shows an e-mail address\./),
    );
  });

  test('an app to which phone numbers come empty for everybody', async () => {
    for (const person of wecom.company.people) Object.assign(person, { mobile: '', email: '', biz_mail: '' });
    const result = await check(freshOptions('app'));
    expect(result).toEqual(says(/nobody shows a phone number or an e-mail address.*WeCom hides them from this app/));
    expect(result).not.toEqual(says(/are given/));
  });

  test('an app that sees a part', async () => {
    wecom.company.range = [3];
    expect(await check(freshOptions('app'))).toEqual(
      says(/sees 1 department, not the whole company.*name the departments to read.*Without its AgentId/),
    );
  });

  test('contacts sync alone, with ids only', async () => {
    expect(await check(freshOptions('contacts'))).toEqual(
      says(/who exists in the whole company.*ids only \(WeCom 48009\)/),
    );
  });

  test('contacts sync alone, where the vendor still gives details', async () => {
    wecom.company.contactsReadDetails = true;
    expect(await check(freshOptions('contacts'))).toEqual(says(/names and details, too/));
    expect(await check(freshOptions('both'))).toEqual(says(/used without the app, it gives more/));
  });

  test('both, with live events', async () => {
    const events = { callbackToken: 't', encodingAesKey: 'k'.repeat(43) };
    expect(await check(freshOptions('both', events))).toEqual(
      says(
        /The app sees the whole company.*Contacts sync sees who exists.*Live events are on; scheduled full reads stay necessary/,
      ),
    );
  });
});

describe('of an app that sees a part, with chosen departments', () => {
  // A read of these is complete: to say otherwise would hide that whoever is missing goes.
  test('it asks for nothing more when all are in its range', async () => {
    wecom.company.range = [2, 3];
    const result = (await check(freshOptions('app', { departments: [2] }))) as { message: string };
    expect(result).toEqual(says(/^The app sees 2 departments, not the whole company\. /));
    expect(result.message).not.toMatch(/root department|taken for gone|AgentId/);
  });

  test('it names those that are not', async () => {
    wecom.company.range = [3];
    expect(await check(freshOptions('app', { departments: [2, 3] }))).toEqual(
      says(/Of the departments to read, 2 cannot be seen.*Nobody is taken for gone until they can\./),
    );
  });
});

describe('it warns of what would bring nothing', () => {
  test('a department that it sees, whose members WeCom does not list', async () => {
    wecom.script = ({ path, query }) =>
      path === 'user/simplelist' && query['department_id'] === '2' ? { errcode: 60011, userlist: [] } : undefined;
    expect(await check(freshOptions('app'))).toEqual(
      says(/does not list the members of department 2, which the app sees \(errcode 60011\)/),
    );
  });

  test('chosen departments that are not there', async () => {
    wecom.company.range = [3];
    const options = { departments: [3, 2, 77] };
    expect(await check(freshOptions('both', options))).toEqual(
      says(/departments to read, 2, 77 cannot be seen.*visible range.*departments to read, 77 do not exist\./),
    );
    expect(await check(freshOptions('contacts', options))).toEqual(says(/departments to read, 77 do not exist\./));
  });

  test('a range of nothing, and an empty company', async () => {
    wecom.company.range = [];
    expect(await check(freshOptions('app'))).toEqual(says(/^The app sees no department.*Put the root department/));
    wecom.company.people = [];
    expect(await check(freshOptions('contacts'))).toEqual(says(/It lists nobody: the company has no members\./));
  });
});

describe('it says which option is to blame', () => {
  const ip = 'not allow to access from your ip, hint: [17], from ip: 203.0.113.7, more info';

  test.each<[string, WecomOptions, string, Scripted, unknown]>([
    ['no secret', { corpId: 'ww0' }, '', undefined, blames(['agentSecret', /There is no secret/])],
    [
      'two attributes for one field',
      freshOptions('app', {
        attributes: [
          { name: '工号', field: 'employeeNumber' },
          { name: '邮箱', field: 'email' },
          { name: '编号', field: 'employeeNumber' },
        ],
      }),
      '',
      undefined,
      blames([
        'attributes/2/field',
        /"工号" and "编号" both fill the field "employeeNumber"\. Keep one of them, or give/,
      ]),
    ],
    [
      'a wrong secret',
      freshOptions('app', { agentSecret: 'wrong' }),
      '',
      undefined,
      blames(['agentSecret', /does not know this secret/]),
    ],
    ['a wrong corp', freshOptions('both'), 'gettoken', { errcode: 40013 }, blames(['corpId', /Corp ID/])],
    [
      'an address that is not trusted',
      freshOptions('both'),
      'department/simplelist',
      { errcode: 60020, errmsg: ip },
      blames(
        ['agentSecret', /203\.0\.113\.7.*企业可信IP.*应用管理/],
        ['contactsSecret', /203\.0\.113\.7.*企业可信IP.*通讯录同步/],
      ),
    ],
    [
      'another app',
      freshOptions('app', { agentId: 7 }),
      'agent/get',
      { errcode: 301002 },
      blames(['agentId', /another app/]),
    ],
    [
      'a disabled app',
      freshOptions('app', { agentId: 7 }),
      'agent/get',
      { errcode: 0, name: 'Sync', close: 1 },
      blames(['agentId', /"Sync" is disabled/]),
    ],
    [
      'the secret of an app for contacts sync',
      freshOptions('contacts', { contactsSecret: 'app-secret' }),
      '',
      undefined,
      blames(['contactsSecret', /kind of secret/]),
    ],
    [
      'the secret of contacts sync for an app',
      freshOptions('app', { agentSecret: 'contacts-secret' }),
      '',
      undefined,
      blames(['agentSecret', /ids only/]),
    ],
    [
      'another server',
      freshOptions('app'),
      'gettoken',
      { status: 404, text: '' },
      blames(['apiBaseUrl', /no WeCom interface/]),
    ],
  ])('%s', async (_what, options, path, answer, expected) => {
    if (answer) at(path, answer);
    expect(await check(options)).toEqual(expected);
  });

  test('one secret of two, and what the other one sees', async () => {
    expect(await check(freshOptions('both', { agentSecret: 'wrong' }))).toMatchObject({
      ok: false,
      message: expect.stringMatching(/does not know this secret.*Contacts sync sees who exists in the whole company/),
      errors: [{ field: 'agentSecret' }],
    });
  });

  test('secrets that were swapped', async () => {
    const options = freshOptions('both', { agentSecret: 'contacts-secret', contactsSecret: 'app-secret' });
    expect(await check(options)).toMatchObject({
      ok: false,
      message: expect.stringContaining('The two secrets look swapped: enter each in the place of the other.'),
      errors: [{ field: 'agentSecret' }, { field: 'contactsSecret' }],
    });
  });

  // Where contacts sync still reads everything, each secret is refused for little or nothing.
  describe('secrets that were mixed up, where contacts sync reads details', () => {
    beforeEach(() => {
      wecom.company.contactsReadDetails = true;
    });

    test.each([{ agentId: 7 }, {}])('swapped, %j', async (more) => {
      const secrets = { agentSecret: 'contacts-secret', contactsSecret: 'app-secret' };
      expect(await check(freshOptions('both', { ...secrets, ...more }))).toMatchObject({
        ok: false,
        message: expect.stringContaining('The two secrets look swapped: enter each in the place of the other.'),
        errors: [
          { field: 'agentSecret', message: expect.stringContaining('This is the secret of contacts sync') },
          { field: 'contactsSecret' },
        ],
      });
    });

    test.each([
      ['contacts-secret', 'agentSecret'],
      ['app-secret', 'contactsSecret'],
    ])('%s twice', async (secret, field) => {
      expect(await check(freshOptions('both', { agentSecret: secret, contactsSecret: secret }))).toMatchObject({
        ok: false,
        message: expect.stringContaining('The same secret is entered twice: each kind has its own.'),
        errors: [{ field }],
      });
    });
  });

  test('a secret with which WeCom was called too often, at once, and until when', async () => {
    const options = freshOptions('contacts');
    wecom.script = ({ path }) => (path === 'user/list_id' ? { errcode: 45009 } : undefined);
    const { context, stop } = contextFor(options, wecom.http);
    const pulling = expect(
      (async () => {
        const pages = wecomSource.pull!(context);
        while (!(await pages.next()).done);
      })(),
    ).rejects.toThrow('enough');
    while (wecom.count('user/list_id') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await check(options)).toEqual(
      blames(['contactsSecret', /errcode 45009.*paused until \d\d:\d\d:\d\d UTC\. Try again then\./]),
    );
    stop.abort(new Error('enough'));
    await pulling;
  });

  test('nobody is to blame when nobody answers, and nothing waits for a minute', async () => {
    wecom.script = () => reset();
    await expect(check(freshOptions('app'))).rejects.toMatchObject({ code: 'network' });
    wecom.script = ({ path }) => (path === 'gettoken' ? undefined : { errcode: 45009 });
    await expect(check(freshOptions('app'))).rejects.toMatchObject({ code: 'vendor_busy' });
  });
});
