import { type ErrorCode, isRollcallError, RollcallError } from '@rollcall/core';
import type { SecretOption } from './config';

/** What an answer says about its failure, besides the code. */
export interface Failure {
  errcode: number;
  /** The path below `/cgi-bin/`. */
  path: string;
  /** What WeCom's support asks for. */
  hint?: string | undefined;
  /** The address from which WeCom was called, as it sees it. */
  ip?: string | undefined;
}

/** WeCom refused a call. `errcode` is absent when there was no answer of WeCom at all. */
export class WecomError extends RollcallError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly errcode?: number,
    options: { field?: string; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, message, options);
  }
}

/** The code of a refused call; undefined for anything else that is thrown. */
export const errcodeOf = (error: unknown): number | undefined =>
  error instanceof WecomError ? error.errcode : undefined;

/** WeCom does not give the answer because it would be too large, or it was larger than is taken. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof WecomError ? error.errcode === TOO_LARGE : isRollcallError(error) && error.code === 'bad_answer';

export const BUSY = -1;
export const VERSION_CONFLICT = 6000;
export const BAD_SECRET = 40001;
export const BAD_TOKEN = 40014;
export const TOKEN_EXPIRED = 42001;
export const TOO_MANY_CALLS = 45009;
export const TOO_LARGE = 45029;
export const TOO_CROWDED = 45033;
export const OTHER_KIND = 48002;
export const IDS_ONLY = 48009;
export const BAD_CURSOR = 50100;
export const NO_SUCH_DEPARTMENT = 60003;
export const NOT_VISIBLE = 60011;
export const BAD_ADDRESS = 60020;
export const NO_SUCH_MEMBER = 60111;
export const BAD_DEPARTMENT_ID = 60123;

/** There is no such department, in either of WeCom's words; one that is only not visible is told otherwise. */
export const NO_DEPARTMENT: ReadonlySet<number> = new Set([NO_SUCH_DEPARTMENT, BAD_DEPARTMENT_ID]);

/** One person or department cannot be seen: deleted, or outside of the visible range. WeCom does not tell which. */
export const UNSEEN: ReadonlySet<number> = new Set([
  40003,
  40066,
  40068,
  40070,
  46004,
  50002,
  NO_SUCH_DEPARTMENT,
  NOT_VISIBLE,
  60021,
  NO_SUCH_MEMBER,
  BAD_DEPARTMENT_ID,
  60124,
]);

interface Meaning {
  code: ErrorCode;
  says: string;
  field?: keyof typeof FIELDS;
}

/** Which option is concerned; `secret` is the one with which was called. */
const FIELDS = { corpId: 'corpId', agentId: 'agentId', secret: undefined } as const;

const passing = (says: string): Meaning => ({ code: 'vendor_busy', says });
const badSecret = (says: string): Meaning => ({ code: 'credentials', says, field: 'secret' });
const noRight = (says: string): Meaning => ({ code: 'permission', says, field: 'secret' });

/** What an admin is told; `WHERE` and `IP` are filled in. Codes that are not here are mistakes of this adapter. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  [BUSY]: passing('WeCom is busy'),
  [VERSION_CONFLICT]: passing('Somebody else is changing the same data in WeCom'),
  [TOO_MANY_CALLS]: passing(
    'WeCom was called too often and has to be left alone for a while. Lower "ratePerMinute" if this comes again',
  ),
  [TOO_CROWDED]: passing('Too many calls at one time for WeCom. Lower "concurrency" if this comes again'),
  [BAD_CURSOR]: passing('WeCom forgot where the list of members stood'),
  [BAD_TOKEN]: passing('WeCom does not take the access token that it has just given'),
  [TOKEN_EXPIRED]: passing('WeCom calls the access token expired that it has just given'),
  [BAD_SECRET]: badSecret(
    'WeCom does not know this secret: it was reset, belongs to another company, or the app is disabled. Copy it again from WHERE',
  ),
  40091: badSecret('WeCom refuses this secret; it may belong to another company. Copy it again from WHERE'),
  45031: badSecret(
    'WeCom wants this secret to be reset because it is not safe enough. Reset it at WHERE and enter the new one',
  ),
  40013: {
    code: 'configuration',
    says: 'WeCom does not know this Corp ID (企业ID). Copy it from My Company (我的企业)',
    field: 'corpId',
  },
  40056: {
    code: 'configuration',
    says: 'WeCom does not know this AgentId. Copy it from the page of the app',
    field: 'agentId',
  },
  301002: {
    code: 'configuration',
    says: 'The secret belongs to another app than this AgentId. Copy both from the page of one app',
    field: 'agentId',
  },
  48001: noRight('This feature of WeCom is not granted. Grant it at WHERE'),
  [OTHER_KIND]: noRight(
    'WeCom does not allow this call with this kind of secret. Make sure that it is the one from WHERE',
  ),
  48006: noRight('WeCom withdrew the right because it was not used for long. Grant it again at WHERE'),
  48008: noRight('WeCom allows only part of the contacts interface with this secret'),
  [IDS_ONLY]: noRight(
    'The secret of contacts sync reads ids only, no details. Details need the secret of a self-built app with the root department in its visible range (可见范围)',
  ),
  50003: noRight('The app is disabled in WeCom. Enable it at WHERE'),
  [BAD_ADDRESS]: noRight(
    'WeCom does not accept calls from this address: IP. Add it to the trusted IPs (企业可信IP) of WHERE; that takes effect after about a minute',
  ),
  [TOO_LARGE]: { code: 'bad_answer', says: 'The answer would be larger than WeCom allows' },
};

/** No option is to blame: the secret works, and WeCom does not tell which of the two it is. */
const unseenMeaning = (path: string): Meaning => ({
  code: 'permission',
  says: `${subjectOf(path)} does not exist any more, or is outside of the visible range (可见范围) of the app`,
});

/** What was asked for, by path. */
const SUBJECTS: readonly [RegExp, string][] = [
  [/^(department\/|user\/(simple)?list$)/, 'The department'],
  [/^user\//, 'The member'],
  [/^tag\//, 'The tag'],
];

const subjectOf = (path: string): string => SUBJECTS.find(([paths]) => paths.test(path))?.[1] ?? 'What was asked for';

const WHERE: Readonly<Record<SecretOption, string>> = {
  agentSecret: 'Apps (应用管理) → the app',
  contactsSecret: 'Management Tools (管理工具) → Contacts Sync (通讯录同步)',
};

/** The error for a code of WeCom, in plain words. Nothing of the vendor's own text but the hint and the address gets in. */
export function wecomError({ errcode, path, hint, ip }: Failure, secret: SecretOption): WecomError {
  const { code, says, field } = MEANINGS[errcode] ??
    (UNSEEN.has(errcode) ? unseenMeaning(path) : undefined) ?? {
      code: 'bad_answer',
      says: 'WeCom refuses the call for a reason that this adapter does not know',
    };
  const words = says
    .replace('WHERE', WHERE[secret])
    .replace('IP', ip ?? 'the one of this machine towards the internet');
  const details = [`errcode ${errcode}`, path, ...(hint === undefined ? [] : [`hint ${hint}`])].join(', ');
  return new WecomError(code, `${words} (${details}).`, errcode, {
    ...(field !== undefined && { field: FIELDS[field] ?? secret }),
    ...(errcode === TOO_MANY_CALLS && { retryAfter: 300 }),
  });
}

/** Departments are shown, and the members of not a single one: WeCom calls that a department that is not visible. */
export function noMembersError(departments: number, errcodes: readonly number[], secret: SecretOption): WecomError {
  const of = departments === 1 ? '1 department' : `${departments} departments`;
  const message = `WeCom shows ${of} and lists the members of none (errcode ${errcodes.join(', ')}): the secret may not read members. Put the root department, or the ones to read, into the visible range (可见范围) at ${WHERE[secret]}.`;
  return new WecomError('permission', message, errcodes[0], { field: secret });
}

/** Nobody calls with this secret before then, because it was called too often. Told to whoever cannot wait. */
export function pausedError(until: Date, secret: SecretOption): WecomError {
  const message = `WeCom was called too often with this secret (errcode ${TOO_MANY_CALLS}): calls with it are paused until ${until.toISOString().slice(11, 19)} UTC. Try again then.`;
  return new WecomError('vendor_busy', message, TOO_MANY_CALLS, { field: secret });
}

/** There was an answer, but not one of WeCom. Comes again when `code` says so. */
export const strangeAnswer = (code: 'network' | 'bad_answer', what: string, path: string): WecomError =>
  new WecomError(code, `${what} (${path}).`);
