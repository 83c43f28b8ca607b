import { type AdapterContext, type CheckResult, isRollcallError } from '@rollcall/core';
import { readAppRange } from './app-range';
import { connect, type Timing, type WecomClient } from './client';
import { requireUsable, type WecomOptions } from './config';
import { isText, listDepartmentIds, type WecomDepartment } from './departments';
import { errcodeOf, IDS_ONLY, OTHER_KIND, UNSEEN } from './errors';
import { listMemberNames, type Member } from './members';
import { getVisible } from './read-members';
import { sightOf } from './view';

/** Departments in which members are looked for, and members who are looked at, to see which fields are given. */
const SAMPLE_DEPARTMENTS = 3;
const SAMPLE_MEMBERS = 5;

/** `field`: the option that is to blame; `otherKind`: because it holds the other kind of secret. */
type Finding = { says: string; field?: string; otherKind?: boolean };

/** What only a secret of the other kind is refused for. */
const OTHER_KINDS: ReadonlySet<number> = new Set([IDS_ONLY, OTHER_KIND]);

/** Tries both secrets and says what they see, and what they therefore do not see. */
export async function check(context: AdapterContext<WecomOptions>, timing: Timing): Promise<CheckResult> {
  const { options } = context;
  const findings: Finding[] = [];
  try {
    requireUsable(options);
    const { app, contacts } = connect(context, timing, true);
    const [ofApp, ofContacts] = await Promise.all([
      app ? tried(() => tryApp(app, options)) : [],
      contacts ? tried(() => tryContacts(contacts, options, app !== undefined)) : [],
    ]);
    findings.push(...mixedUp(options, ofApp, ofContacts), ...ofApp, ...ofContacts);
  } catch (error) {
    findings.push(failure(error));
  }
  // Both secrets may blame one option.
  const blamed = new Map(findings.flatMap(({ field, says }) => (field === undefined ? [] : [[field, says]])));
  const errors = [...blamed].map(([field, message]) => ({ field, message }));
  const found = findings.flatMap(({ field, says }) => (field === undefined ? [says] : []));
  // What works is said beside what does not: only one of two secrets has to be looked at.
  if (errors.length > 0) {
    return { ok: false, message: [...errors.map(({ message }) => message), ...found].join(' '), errors };
  }
  return { ok: true, message: [...found, ...lacking(options).map(({ says }) => says)].join(' ') };
}

async function tried(attempt: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await attempt();
  } catch (error) {
    return [failure(error)];
  }
}

/** What an option is to blame for; anything else is no finding. */
function failure(error: unknown): Finding {
  if (!isRollcallError(error)) throw error;
  if (error.field === undefined) throw error;
  return { field: error.field, says: error.message, otherKind: OTHER_KINDS.has(errcodeOf(error) ?? 0) };
}

function mixedUp(
  { agentSecret, contactsSecret }: WecomOptions,
  ofApp: readonly Finding[],
  ofContacts: readonly Finding[],
): Finding[] {
  if (agentSecret !== undefined && agentSecret === contactsSecret) {
    return [{ says: 'The same secret is entered twice: each kind has its own.' }];
  }
  const isOther = (findings: readonly Finding[]): boolean => findings.some(({ otherKind }) => otherKind === true);
  if (!isOther(ofApp) || !isOther(ofContacts)) return [];
  return [{ says: 'The two secrets look swapped: enter each in the place of the other.' }];
}

/** A read would bring nothing of these. */
function chosenUnseen(
  { departments: chosen = [] }: WecomOptions,
  seen: readonly WecomDepartment[],
  why: string,
): Finding[] {
  const ids = new Set(seen.map(({ id }) => id));
  const unseen = chosen.filter((id) => !ids.has(id));
  return unseen.length === 0 ? [] : [{ says: `Of the departments to read, ${unseen.join(', ')} ${why}.` }];
}

async function tryApp(app: WecomClient, options: WecomOptions): Promise<Finding[]> {
  const { agentId } = options;
  const departments = await listDepartmentIds(app);
  const seesAll = (await sightOf(app)) === 'all';
  // Where contacts sync still reads everything, nothing else would tell.
  if (await listsIds(app)) {
    const says =
      'This is the secret of contacts sync (通讯录同步), not that of an app. Copy the one from Apps (应用管理) → the app.';
    return [{ field: 'agentSecret', says, otherKind: true }];
  }
  const isChosen = (options.departments ?? []).length > 0;
  const findings: Finding[] = [
    { says: rangeOf(departments.length, seesAll, isChosen) },
    ...chosenUnseen(
      options,
      departments,
      'cannot be seen: deleted, or outside of the visible range (可见范围) of the app. Nobody is taken for gone until they can',
    ),
  ];
  if (agentId === undefined) {
    // Of chosen departments nobody is in the range without being in one of them.
    if (!seesAll && !isChosen)
      findings.push({ says: 'Without its AgentId, members who were picked one by one or by a tag are not read.' });
  } else {
    const { name, disabled } = await readAppRange(app, agentId);
    findings.push(
      disabled
        ? { field: 'agentId', says: `The app "${name}" is disabled in WeCom. Enable it under Apps (应用管理).` }
        : { says: `It is called "${name}".` },
    );
  }
  return [...findings, ...(await sampled(app, departments))];
}

const departmentsText = (n: number): string => `${n} ${n === 1 ? 'department' : 'departments'}`;

function rangeOf(departments: number, seesAll: boolean, isChosen: boolean): string {
  const sees = departmentsText(departments);
  if (seesAll && departments === 0) {
    return 'The app may see the whole company, and WeCom lists no department to it: a read would bring nothing. Try again; if it stays so, put the root department into its visible range (可见范围) anew.';
  }
  if (seesAll) return `The app sees the whole company: ${sees}.`;
  if (departments === 0) {
    return 'The app sees no department: its visible range (可见范围) is empty, or names members only. Put the root department into it.';
  }
  // A read of what was chosen is complete when the range covers that.
  if (isChosen) return `The app sees ${sees}, not the whole company.`;
  return `The app sees ${sees}, not the whole company: put the root department into its visible range (可见范围), or name the departments to read. Otherwise nobody is taken for gone.`;
}

/** Only contacts sync may list the ids of the company. */
async function listsIds(client: WecomClient): Promise<boolean> {
  try {
    await client.post('user/list_id', { limit: 1 });
    return true;
  } catch (error) {
    if (errcodeOf(error) === undefined) throw error;
    return false;
  }
}

/** What a few members tell about which fields are given, and departments whose members are not. */
async function sampled(app: WecomClient, departments: readonly WecomDepartment[]): Promise<Finding[]> {
  const members: Member[] = [];
  const findings: Finding[] = [];
  let hidden = 0;
  for (const { id } of departments.slice(0, SAMPLE_DEPARTMENTS)) {
    try {
      for (const { userid } of await listMemberNames(app, id)) {
        if (members.length + hidden >= SAMPLE_MEMBERS) break;
        const member = await getVisible(app, userid);
        if (member) members.push(member);
        else hidden++;
      }
    } catch (error) {
      const errcode = errcodeOf(error) ?? 0;
      if (!UNSEEN.has(errcode)) throw error;
      findings.push({
        says: `WeCom does not list the members of department ${id}, which the app sees (errcode ${errcode}). A read takes nobody for gone while that is so.`,
      });
    }
  }
  const none =
    hidden > 0
      ? `WeCom lists members and shows none of the ${hidden} that were asked for (errcode 60011 or 60111): put them into the visible range (可见范围) of the app. Until then they stay as they are.`
      : 'It sees no member in the departments that were tried.';
  const fields = members.length > 0 ? fieldsOf(members) : none;
  return [{ says: fields }, ...findings];
}

/** WeCom leaves out what it hides, or sends it empty. */
function fieldsOf(members: readonly Member[]): string {
  const given = (...names: string[]): boolean => members.some((member) => names.some((name) => isText(member[name])));
  const phones = given('mobile');
  const mails = given('email', 'biz_mail');
  if (phones && mails) return 'Phone numbers and e-mail addresses are given.';
  const of = members.length === 1 ? 'the one member looked at' : `the ${members.length} members looked at`;
  if (phones) return `Phone numbers are given; of ${of} nobody shows an e-mail address.`;
  if (mails) return `E-mail addresses are given; of ${of} nobody shows a phone number.`;
  if (members.some((member) => 'mobile' in member || 'email' in member || 'biz_mail' in member)) {
    return `Of ${of} nobody shows a phone number or an e-mail address: they have none, or WeCom hides them from this app (it gives them only to apps made before 20 June 2022).`;
  }
  return 'Phone numbers and e-mail addresses are not given to this app (WeCom gives them only to apps made before 20 June 2022); map a custom attribute to e-mail if one holds it.';
}

async function tryContacts(contacts: WecomClient, options: WecomOptions, withApp: boolean): Promise<Finding[]> {
  const departments = await listDepartmentIds(contacts);
  // Shows that it is this kind of secret: another one may not list ids.
  const { dept_user: listed, next_cursor: next } = await contacts.post('user/list_id', { limit: 1 });
  const isEmpty = !(Array.isArray(listed) && listed.length > 0) && !isText(next);
  const sees = `Contacts sync sees who exists in the whole company: ${departmentsText(departments.length)}.`;
  const details = (await sightOf(contacts)) !== 'ids';
  const warnings: Finding[] = [
    ...(isEmpty ? [{ says: 'It lists nobody: the company has no members.' }] : []),
    ...chosenUnseen(options, departments, 'do not exist'),
  ];
  if (withApp) {
    const says = details ? `${sees} It reads all details, too: used without the app, it gives more.` : sees;
    return [{ says }, ...warnings];
  }
  return [
    {
      says: details
        ? `${sees} It reads names and details, too.`
        : `${sees} It reads ids only (WeCom 48009): no names, positions, managers or e-mail addresses. Add the secret of a self-built app for these.`,
    },
    ...warnings,
  ];
}

/** What the secrets that there are cannot tell. */
function lacking({ contactsSecret, callbackToken }: WecomOptions): Finding[] {
  return [
    ...(contactsSecret === undefined
      ? [
          {
            says: 'Without the secret of contacts sync (通讯录同步), somebody who left is noticed only by a full read.',
          },
        ]
      : []),
    callbackToken === undefined
      ? { says: 'Live events are off: set the Token and EncodingAESKey of the event server for them.' }
      : {
          says: 'Live events are on; scheduled full reads stay necessary, because WeCom does not announce changed names.',
        },
  ];
}
