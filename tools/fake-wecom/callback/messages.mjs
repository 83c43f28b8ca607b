// Which messages a change makes, in both forms, and their XML.

/** Element of a long message → field of a member. */
const MEMBER_ELEMENTS = {
  Name: 'name',
  Department: 'department',
  MainDepartment: 'main_department',
  IsLeaderInDept: 'is_leader_in_dept',
  DirectLeader: 'direct_leader',
  Position: 'position',
  Mobile: 'mobile',
  Gender: 'gender',
  Email: 'email',
  BizMail: 'biz_mail',
  Status: 'status',
  Avatar: 'avatar',
  Alias: 'alias',
  Telephone: 'telephone',
  Address: 'address',
  ExtAttr: 'extattr',
};

/**
 * What the contacts callback is told of a change of `Administration`: `[{ changeType, elements }]`, none for what a program
 * did with the contacts-sync secret itself. `settings` are those of `callbacks`.
 */
export function contactMessages(change, settings) {
  if (change.by === 'api') return [];
  return (settings.form === 'long' ? LONG : SHORT)[change.kind](change, settings);
}

/** Ids only, and nothing at all for most changes: every callback that was set up since 2022-08-15. */
const SHORT = {
  'member added': ({ after }, settings) => {
    const ids = { UserID: cdata(after.userid), Department: cdata(after.department.join()) };
    const name = settings.shortName === 'empty' ? { Name: cdata('') } : {};
    const created = message('create_user', { UserID: ids.UserID, ...name, Department: ids.Department });
    return settings.addTriple ? [message('update_user', ids), message('update_user', ids), created] : [created];
  },
  'member updated': ({ before, after }) => {
    const isRenamed = before.userid !== after.userid;
    if (!isRenamed && before.department.join() === after.department.join()) return [];
    const newUserid = isRenamed ? { NewUserID: cdata(after.userid) } : {};
    const department = cdata(after.department.join());
    return [message('update_user', { UserID: cdata(before.userid), ...newUserid, Department: department })];
  },
  'member deleted': ({ before }) => [message('delete_user', { UserID: cdata(before.userid) })],
  'department added': ({ after }) => [message('create_party', { Id: after.id, ParentId: cdata(after.parentid) })],
  'department updated': ({ before, after }) =>
    before.parentid === after.parentid
      ? []
      : [message('update_party', { Id: after.id, ParentId: cdata(after.parentid) })],
  'department deleted': ({ before }) => [message('delete_party', { Id: before.id })],
  'tag updated': tagMessages,
};

/** With fields: callbacks that were set up before 2022-08-15 and never touched since. */
const LONG = {
  'member added': ({ after }, settings) => {
    const elements = { UserID: cdata(after.userid), ...memberElements(after, (value) => !isBlank(value)) };
    const departments = { UserID: elements.UserID, Department: elements.Department };
    const created = message('create_user', elements);
    return settings.addTriple
      ? [message('update_user', departments), message('update_user', departments), created]
      : [created];
  },
  'member updated': ({ before, after }) => {
    const newUserid = before.userid === after.userid ? {} : { NewUserID: cdata(after.userid) };
    const changed = memberElements(after, (value, field) => JSON.stringify(value) !== JSON.stringify(before[field]));
    return [message('update_user', { UserID: cdata(before.userid), ...newUserid, ...changed })];
  },
  'member deleted': SHORT['member deleted'],
  'department added': ({ after: { id, name, parentid, order } }) => [
    message('create_party', { Id: id, Name: cdata(name), ParentId: cdata(parentid), Order: order }),
  ],
  'department updated': ({ before, after }) => [
    message('update_party', {
      Id: after.id,
      ...(before.name === after.name ? {} : { Name: cdata(after.name) }),
      ...(before.parentid === after.parentid ? {} : { ParentId: cdata(after.parentid) }),
    }),
  ],
  'department deleted': SHORT['department deleted'],
  'tag updated': tagMessages,
};

/** The whole message, as it is encrypted. Values are XML already. */
export function messageXml({ event = 'change_contact', from = 'sys', changeType, elements }, corpId, seconds) {
  const head = {
    ToUserName: cdata(corpId),
    FromUserName: cdata(from),
    CreateTime: seconds,
    MsgType: cdata('event'),
    Event: cdata(event),
    ...(changeType ? { ChangeType: changeType } : {}),
  };
  return xml('xml', { ...head, ...elements });
}

/** An ordinary app is told who comes into its visible range and who leaves it. */
export function visibilityMessage(event, userid, agentId) {
  return { event, from: userid, elements: { EventKey: cdata(''), AgentID: agentId } };
}

export function jobMessage(jobId, jobType, errcode) {
  const job = {
    JobId: cdata(jobId),
    JobType: cdata(jobType),
    ErrCode: errcode,
    ErrMsg: cdata(errcode === 0 ? 'ok' : 'failed'),
  };
  return { event: 'batch_job_result', elements: { BatchJob: inner(job) } };
}

/** The envelope that goes over the wire. `agentId`: `empty`, `zero` or `missing`. */
export function envelopeOf(corpId, encrypted, { body, agentId }) {
  const agent = { empty: '', zero: '0' }[agentId];
  if (body === 'json') return JSON.stringify({ tousername: corpId, encrypt: encrypted, agentid: agent });
  const agentElement = agent === undefined ? {} : { AgentID: cdata(agent) };
  return xml('xml', { ToUserName: cdata(corpId), ...agentElement, Encrypt: cdata(encrypted) });
}

function message(changeType, elements) {
  return { changeType, elements };
}

function tagMessages({ before, after }) {
  const difference = (list, other = []) => cdata(list.filter((each) => !other.includes(each)).join());
  const { userlist = [], partylist = [] } = before ?? {};
  return [
    message('update_tag', {
      TagId: after.tagid,
      AddUserItems: difference(after.userlist, userlist),
      DelUserItems: difference(userlist, after.userlist),
      AddPartyItems: difference(after.partylist, partylist),
      DelPartyItems: difference(partylist, after.partylist),
    }),
  ];
}

function memberElements(member, isWanted) {
  const wanted = Object.entries(MEMBER_ELEMENTS).filter(([, field]) => isWanted(member[field], field));
  return Object.fromEntries(wanted.map(([element, field]) => [element, memberElement(member[field])]));
}

function memberElement(value) {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return cdata(value.join());
  return typeof value === 'string' ? cdata(value) : (value.attrs ?? []).map(attributeXml).join('');
}

function attributeXml({ type, name, text, web }) {
  const value = type === 1 ? { Web: inner({ Title: cdata(web.title), Url: cdata(web.url) }) } : {};
  if (type === 0) value.Text = inner({ Value: cdata(text.value) });
  return xml('Item', { Name: cdata(name), Type: type, ...value });
}

function isBlank(value) {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** A section cannot contain its own end: it is split there. */
function cdata(value) {
  return `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function xml(name, elements) {
  return `<${name}>${inner(elements)}</${name}>`;
}

function inner(elements) {
  return Object.entries(elements)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
}
