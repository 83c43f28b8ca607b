import { ENDPOINTS } from '../endpoints/index.mjs';
import { isKind } from '../settings.mjs';

/** Method, path, what it does, and how: `run(fake, { params, query, body })`. */
export const ROUTES = [
  ['GET', '/admin', 'these routes', () => ROUTES.map(([method, path, what]) => ({ method, path, what }))],
  ['GET', '/admin/corp', 'ids, secrets, callback token and AES key', ({ corp }) => corp],
  ['GET', '/admin/endpoints', 'what of the API there is', () => [...ENDPOINTS.keys()]],

  ['GET', '/admin/settings', 'all switches', ({ settings }) => settings.values],
  ['PATCH', '/admin/settings', 'change some of them', (fake, { body }) => fake.configure(body)],
  ['DELETE', '/admin/settings', 'back to a corp created today', ({ settings }) => settings.reset()],

  [
    'GET',
    '/admin/truth',
    'all departments, members and tags; ?as=app|contacts: what that secret sees',
    (fake, { query }) => fake.truth(query.has('as') ? kindOf(query.get('as')) : undefined),
  ],
  ['GET', '/admin/notable', 'the peculiar ones of the generated company', ({ notable }) => notable],
  ['GET', '/admin/counters', 'calls, errors, parallel calls, calls per minute', ({ counters }) => counters.read()],
  ['DELETE', '/admin/counters', 'count from zero', ({ counters }) => counters.reset()],

  [
    'POST',
    '/admin/tokens/expire',
    'tokens end now (42001); {secret?}',
    (fake, { body }) => fake.tokens.expire(anyKind(body)),
  ],
  [
    'POST',
    '/admin/tokens/revoke',
    'tokens are void (40014); {secret?}',
    (fake, { body }) => fake.tokens.revoke(anyKind(body)),
  ],
  [
    'POST',
    '/admin/secrets/reset',
    'a new secret; {secret}',
    (fake, { body }) => ({ secret: fake.tokens.resetSecret(kindOf(body.secret)) }),
  ],
  ['DELETE', '/admin/limits', 'forget counted calls and blocks', ({ limits }) => limits.clear()],
  ['POST', '/admin/clock/advance', 'the fake’s time goes on; {seconds}', (fake, { body }) => advance(fake, body)],

  ['GET', '/admin/faults', 'the plan of faults', ({ faults }) => faults.list()],
  ['POST', '/admin/faults', 'plan a fault', (fake, { body }) => fake.faults.add(body)],
  ['DELETE', '/admin/faults', 'no faults any more', ({ faults }) => faults.clear()],
  ['DELETE', '/admin/faults/:id', 'one fault less', (fake, { params }) => fake.faults.clear(Number(params.id))],

  [
    'POST',
    '/admin/members',
    'somebody joins; {userid, name, …}',
    (fake, { body }) => fake.administration.addMember(body),
  ],
  ['GET', '/admin/members/:userid', 'one member', (fake, { params }) => fake.administration.member(params.userid)],
  [
    'PATCH',
    '/admin/members/:userid',
    'move {department}, rename {name}, disable {status: 2}, change the userid {new_userid}, …',
    (fake, { params, body }) => fake.administration.updateMember(params.userid, body),
  ],
  [
    'DELETE',
    '/admin/members/:userid',
    'somebody leaves',
    (fake, { params }) => fake.administration.deleteMember(params.userid),
  ],
  [
    'POST',
    '/admin/departments',
    'a new department; {name, parentid, …}',
    (fake, { body }) => fake.administration.addDepartment(body),
  ],
  [
    'PATCH',
    '/admin/departments/:id',
    'move {parentid}, rename {name}, {order}, {department_leader}',
    (fake, { params, body }) => fake.administration.updateDepartment(Number(params.id), body),
  ],
  [
    'DELETE',
    '/admin/departments/:id',
    'an empty department goes',
    (fake, { params }) => fake.administration.deleteDepartment(Number(params.id)),
  ],
  [
    'PUT',
    '/admin/tags/:id',
    'a tag; {tagname, userlist, partylist}',
    (fake, { params, body }) => fake.administration.putTag({ ...body, tagid: Number(params.id) }),
  ],
  ['DELETE', '/admin/tags/:id', 'a tag goes', (fake, { params }) => fake.administration.deleteTag(Number(params.id))],
  [
    'POST',
    '/admin/changes',
    'things happen at random; {count, kinds?}',
    (fake, { body }) => fake.changeAtRandom(body.count ?? 1, body.kinds),
  ],
  [
    'POST',
    '/admin/burst',
    'many changes, their callbacks all at once; {changes, kinds?, shuffle?, duplicate?}',
    (fake, { body }) => fake.burst(body),
  ],

  ['GET', '/admin/callbacks', 'the addresses that are called back', ({ callbacks }) => callbacks.targets()],
  [
    'PUT',
    '/admin/callbacks/:secret',
    'verify and set an address; {url, token?, encodingAesKey?}',
    (fake, { params, body }) => fake.setCallback(kindOf(params.secret), body),
  ],
  [
    'DELETE',
    '/admin/callbacks/:secret',
    'call nobody back',
    (fake, { params }) => fake.callbacks.remove(kindOf(params.secret)),
  ],
  [
    'POST',
    '/admin/callbacks/release',
    'send what the setting callbacks.hold kept back; {shuffle?, duplicate?}',
    (fake, { body }) => ({ callbacks: fake.callbacks.release(body) }),
  ],
  ['POST', '/admin/callbacks/idle', 'answers when nothing is on its way any more', ({ callbacks }) => callbacks.idle()],
  ['GET', '/admin/deliveries', 'every callback, its message, its attempts', ({ callbacks }) => callbacks.deliveries()],
  ['DELETE', '/admin/deliveries', 'forget those that are over', ({ callbacks }) => callbacks.forgetDeliveries()],
];

function kindOf(secret) {
  if (!isKind(secret)) throw new Error('A secret is "app" or "contacts".');
  return secret;
}

function anyKind({ secret }) {
  return secret === undefined ? undefined : kindOf(secret);
}

function advance({ clock }, { seconds }) {
  if (!(seconds > 0)) throw new Error('Time goes on by a number of seconds.');
  clock.advance(seconds * 1_000);
}
