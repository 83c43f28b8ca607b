import type { CallbackAnswer, CallbackRequest } from '@rollcall/core';
import { wecomSource } from './index';
import { CORP_ID, encrypt, KEYS, signedQuery, VECTORS } from './test-support/encrypt';
import { contextFor } from './test-support/scripted-wecom';

const options = {
  corpId: CORP_ID,
  contactsSecret: 's',
  callbackToken: KEYS.token,
  encodingAesKey: KEYS.encodingAesKey,
};
const { context } = contextFor(options, () => Promise.reject(new Error('Nothing may be asked of WeCom.')));

const receive = (request: Partial<CallbackRequest>): Promise<CallbackAnswer> =>
  wecomSource.events!.receive({ method: 'POST', query: {}, headers: {}, body: new Uint8Array(), ...request }, context);

const envelope = (encrypted: string): Buffer =>
  Buffer.from(
    `<xml><ToUserName><![CDATA[${CORP_ID}]]></ToUserName><AgentID></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  );

/** The hints of a message, as the vendor sends it. */
async function hintsOf(message: string): Promise<unknown> {
  const encrypted = encrypt(message);
  const answer = await receive({ query: signedQuery(encrypted), body: envelope(encrypted) });
  expect(answer).toMatchObject({ body: 'success' });
  return answer.hints;
}

const contact = (type: string, elements: string): string =>
  `<xml><ToUserName><![CDATA[${CORP_ID}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1403610513</CreateTime>` +
  `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_contact]]></Event><ChangeType>${type}</ChangeType>${elements}</xml>`;

describe('the verification of the address', () => {
  const { timestamp, nonce, signature, encrypt: echostr, plaintext } = VECTORS[0]!;
  const query = { msg_signature: signature, timestamp, nonce, echostr };

  test('is answered with the plain text and nothing else', async () => {
    expect(await receive({ method: 'GET', query })).toEqual({ body: plaintext });
  });

  test('stands a plus that came as a space', async () => {
    expect(await receive({ method: 'GET', query: { ...query, echostr: echostr.replaceAll('+', ' ') } })).toEqual({
      body: plaintext,
    });
  });

  test.each([
    ['another signature', { ...query, msg_signature: 'ff' }, 'unauthenticated'],
    ['no signature', { timestamp, nonce, echostr }, 'unauthenticated'],
    ['no echostr', { msg_signature: signature, timestamp, nonce }, 'invalid_request'],
  ])('is refused with %s', async (_what, wrong, code) => {
    await expect(receive({ method: 'GET', query: wrong })).rejects.toMatchObject({ code });
  });
});

test('without keys nothing is believed', async () => {
  const { context: keyless } = contextFor({ corpId: CORP_ID, contactsSecret: 's' }, () => Promise.reject(new Error()));
  const request = { method: 'GET' as const, query: {}, headers: {}, body: new Uint8Array() };
  await expect(wecomSource.events!.receive(request, keyless)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('the official sample of a chat message is answered and ignored', async () => {
  const { timestamp, nonce, signature, encrypt: encrypted } = VECTORS[1]!;
  const answer = await receive({ query: { msg_signature: signature, timestamp, nonce }, body: envelope(encrypted) });
  expect(answer).toEqual({ body: 'success', hints: [] });
});

test('the JSON envelope of newer products is understood, with a JSON message in it, too', async () => {
  const encrypted = encrypt(JSON.stringify({ Event: 'change_contact', ChangeType: 'create_party', Id: 7 }));
  const body = Buffer.from(`  ${JSON.stringify({ tousername: CORP_ID, encrypt: encrypted, agentid: '' })}`);
  expect((await receive({ query: signedQuery(encrypted), body })).hints).toEqual([
    { key: 'department:7', data: { kind: 'department', id: 7 } },
  ]);
});

test('a userid that cannot be stored is left out, and the message with it', async () => {
  for (const UserID of ['a\0b', 'a\ud800']) {
    expect(await hintsOf(JSON.stringify({ Event: 'change_contact', ChangeType: 'create_user', UserID }))).toEqual([]);
  }
  const said = { Event: 'change_contact', ChangeType: 'create_user', UserID: 'a😀', Name: '\0' };
  expect(await hintsOf(JSON.stringify(said))).toEqual([expect.objectContaining({ key: 'user-joined:a😀' })]);
});

describe('what is refused', () => {
  const encrypted = encrypt(contact('delete_user', '<UserID>a</UserID>'));
  const query = signedQuery(encrypted);

  test.each([
    ['an empty body', '', 'invalid_request'],
    ['text', 'hello', 'invalid_request'],
    ['broken XML', '<xml><Encrypt>', 'invalid_request'],
    ['mismatched tags', '<xml><Encrypt>a</Other></xml>', 'invalid_request'],
    ['broken JSON', '{"encrypt":', 'invalid_request'],
    ['an envelope of nothing', '<xml></xml>', 'invalid_request'],
    ['a document type', `<!DOCTYPE xml><xml><Encrypt>${encrypted}</Encrypt></xml>`, 'invalid_request'],
    [
      'entities of its own',
      `<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>`,
      'invalid_request',
    ],
    ['an entity that nobody declared', `<xml><Encrypt>&e;</Encrypt></xml>`, 'invalid_request'],
    ['10 MB', ' '.repeat(10 * 1024 * 1024), 'payload_too_large'],
    ['another content than was signed', envelope(encrypt('x')).toString(), 'unauthenticated'],
  ])('%s', async (_what, body, code) => {
    await expect(receive({ query, body: Buffer.from(body) })).rejects.toMatchObject({ code });
  });

  test('what is signed and not base64', async () => {
    const body = envelope('not base64!');
    await expect(receive({ query: signedQuery('not base64!'), body })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('a message for another company', async () => {
    const foreign = encrypt(contact('delete_user', '<UserID>a</UserID>'), 'ww1111111111111111');
    await expect(receive({ query: signedQuery(foreign), body: envelope(foreign) })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('a document type within the message', async () => {
    const inner = encrypt(`<!DOCTYPE xml><xml><Event>change_contact</Event></xml>`);
    await expect(receive({ query: signedQuery(inner), body: envelope(inner) })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('what a message says may have changed', () => {
  test.each([
    [
      'somebody joined, in the short form',
      contact('create_user', '<UserID><![CDATA[ZhangSan]]></UserID><Department><![CDATA[1,2,3]]></Department>'),
      [
        {
          key: 'user-joined:zhangsan:1403610513',
          data: { kind: 'user-joined', userid: 'ZhangSan', departments: [1, 2, 3], at: '1403610513' },
        },
      ],
    ],
    [
      'somebody joined, in the long form, with ids that look like numbers and text that looks like XML',
      contact(
        'create_user',
        '<UserID><![CDATA[00123]]></UserID><Name><![CDATA[<!DOCTYPE a> & ]]></Name><Department>4294967295</Department>' +
          '<ExtAttr><Item><Name>UserID</Name><Type>0</Type><Text><Value>evil</Value></Text></Item></ExtAttr>',
      ),
      [
        {
          key: 'user-joined:00123:1403610513',
          data: { kind: 'user-joined', userid: '00123', departments: [4294967295], at: '1403610513' },
        },
      ],
    ],
    [
      'somebody changed department',
      contact('update_user', '<UserID>a</UserID><Department>2</Department>'),
      [{ key: 'user:a', data: { kind: 'user', userid: 'a', departments: [2] } }],
    ],
    [
      'somebody is called otherwise: the rename is kept under both ids, and the new one is read',
      VECTORS.find(({ id }) => id === 'S2')!.plaintext!,
      [
        {
          key: 'rename:zhangsan:zhangsan001:1403610600',
          data: { kind: 'rename', from: 'zhangsan', to: 'zhangsan001', departments: [2], at: '1403610600' },
        },
        { key: 'user:zhangsan001', data: { kind: 'user', userid: 'zhangsan001', departments: [2] } },
      ],
    ],
    [
      'only capitals of a userid changed: that is no rename',
      contact('update_user', '<UserID>abc</UserID><NewUserID>Abc</NewUserID>'),
      [{ key: 'user:abc', data: { kind: 'user', userid: 'abc' } }],
    ],
    [
      'an empty new userid is none',
      contact('update_user', '<UserID>abc</UserID><NewUserID><![CDATA[]]></NewUserID>'),
      [{ key: 'user:abc', data: { kind: 'user', userid: 'abc' } }],
    ],
    [
      'somebody left',
      contact('delete_user', '<UserID>a</UserID>'),
      [{ key: 'user-left:a:1403610513', data: { kind: 'user-left', userid: 'a', at: '1403610513' } }],
    ],
    [
      'a department was made',
      contact('create_party', '<Id>2</Id><ParentId>1</ParentId>'),
      [{ key: 'department:2', data: { kind: 'department', id: 2 } }],
    ],
    [
      'a department moved',
      contact('update_party', '<Id>2</Id><ParentId><![CDATA[1]]></ParentId>'),
      [{ key: 'department:2', data: { kind: 'department', id: 2 } }],
    ],
    [
      'a department was deleted',
      contact('delete_party', '<Id>2</Id>'),
      [{ key: 'department-removed:2', data: { kind: 'department-removed', id: 2 } }],
    ],
    [
      'somebody came into the range of the app',
      '<xml><FromUserName>LiSi</FromUserName><MsgType>event</MsgType><Event>subscribe</Event><AgentID>1</AgentID></xml>',
      [{ key: 'user-joined:lisi', data: { kind: 'user-joined', userid: 'LiSi' } }],
    ],
    [
      'somebody left the range of the app',
      '<xml><FromUserName>LiSi</FromUserName><MsgType>event</MsgType><Event>unsubscribe</Event><AgentID>1</AgentID></xml>',
      [{ key: 'user:lisi', data: { kind: 'user', userid: 'LiSi' } }],
    ],
  ])('%s', async (_what, message, hints) => {
    expect(await hintsOf(message)).toEqual(hints);
  });

  test.each([
    ['a tag', contact('update_tag', '<TagId>1</TagId><AddUserItems>a,b</AddUserItems>')],
    ['a change that does not exist yet', contact('freeze_user', '<UserID>a</UserID>')],
    ['a change of nobody', contact('create_user', '<UserID></UserID>')],
    ['a change of a department without id', contact('update_party', '<Id>x</Id>')],
    [
      'a finished export',
      '<xml><MsgType>event</MsgType><Event>batch_job_result</Event><BatchJob><JobId>1</JobId></BatchJob></xml>',
    ],
    ['a click', '<xml><FromUserName>a</FromUserName><MsgType>event</MsgType><Event>click</Event></xml>'],
    [
      'the envelope of third-party suites',
      '<xml><SuiteId>s</SuiteId><AuthCorpId>c</AuthCorpId><InfoType>change_contact</InfoType><TimeStamp>1</TimeStamp><ChangeType>create_user</ChangeType><UserID>a</UserID></xml>',
    ],
  ])('of %s nothing', async (_what, message) => {
    expect(await hintsOf(message)).toEqual([]);
  });
});
