import { type AdapterContext, type CheckResult, isRollcallError } from '@rollcall/core';
import { readAppRange } from './app-range';
import { connect, type Timing, type WecomClient } from './client';
import { requireSecret, type WecomOptions } from './config';
import { isText, listDepartmentIds, type WecomDepartment } from './departments';
import { errcodeOf, IDS_ONLY, OTHER_KIND } from './errors';
import { getMember, listMemberNames, type Member } from './members';
import { sightOf } from './view';

/** Departments in which somebody is looked for, to see which fields are given. */
const SAMPLES = 3;

/** `field`: the option that is to blame. */
type Finding = { says: string; field?: string; errcode?: number | undefined };

/** Tries both secrets and says what they see, and what they therefore do not see. */
export async function check(context: AdapterContext<WecomOptions>, timing: Timing): Promise<CheckResult> {
  const { options } = context;
  const findings: Finding[] = [];
  try {
    requireSecret(options);
    const { app, contacts } = connect(context, timing, true);
    const [ofApp, ofContacts] = await Promise.all([
      app ? tried(() => tryApp(app, options)) : [],
      contacts ? tried(() => tryContacts(contacts, options, app !== undefined)) : [],
    ]);
    findings.push(...swapped(ofApp, ofContacts), ...ofApp, ...ofContacts);
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
  return { field: error.field, says: error.message, errcode: errcodeOf(error) };
}

/** Each secret is refused for what only the other kind may do. */
function swapped(ofApp: readonly Finding[], ofContacts: readonly Finding[]): Finding[] {
  const isSaid = (findings: readonly Finding[], code: number): boolean =>
    findings.some(({ errcode }) => errcode === code);
  if (!isSaid(ofApp, IDS_ONLY) || !isSaid(ofContacts, OTHER_KIND)) return [];
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
  const findings: Finding[] = [
    {
      says: seesAll
        ? `The app sees the whole company: ${departments.length} departments.`
        : departments.length === 0
          ? 'The app sees no department: its visible range (可见范围) is empty, or names members only. Put the root department into it.'
          : `The app sees ${departments.length} departments, not the whole company: put the root department into its visible range (可见范围), or name the departments to read. Otherwise nobody is taken for gone.`,
    },
    ...chosenUnseen(
      options,
      departments,
      'cannot be seen: deleted, or outside of the visible range (可见范围) of the app',
    ),
  ];
  if (agentId === undefined) {
    if (!seesAll)
      findings.push({ says: 'Without its AgentId, members who were picked one by one or by a tag are not read.' });
  } else {
    const { name, disabled } = await readAppRange(app, agentId);
    findings.push(
      disabled
        ? { field: 'agentId', says: `The app "${name}" is disabled in WeCom. Enable it under Apps (应用管理).` }
        : { says: `It is called "${name}".` },
    );
  }
  const sample = await someMember(app, departments);
  findings.push({ says: sample ? fieldsOf(sample) : 'It sees no member in the departments that were tried.' });
  return findings;
}

async function someMember(app: WecomClient, departments: readonly WecomDepartment[]): Promise<Member | undefined> {
  for (const { id } of departments.slice(0, SAMPLES)) {
    const [first] = await listMemberNames(app, id);
    if (first) return getMember(app, first.userid);
  }
  return undefined;
}

const fieldsOf = (member: Member): string =>
  'mobile' in member || 'email' in member || 'biz_mail' in member
    ? 'Phone numbers and e-mail addresses are given.'
    : 'Phone numbers and e-mail addresses are not given to this app (WeCom gives them only to apps made before 20 June 2022); map a custom attribute to e-mail if one holds it.';

async function tryContacts(contacts: WecomClient, options: WecomOptions, withApp: boolean): Promise<Finding[]> {
  const departments = await listDepartmentIds(contacts);
  // Shows that it is this kind of secret: another one may not list ids.
  const { dept_user: listed, next_cursor: next } = await contacts.post('user/list_id', { limit: 1 });
  const isEmpty = Array.isArray(listed) && listed.length === 0 && !isText(next);
  const sees = `Contacts sync sees who exists in the whole company: ${departments.length} departments.`;
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
