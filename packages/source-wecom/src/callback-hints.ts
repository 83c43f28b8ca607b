import type { Message } from './callback-text';
import { isId } from './departments';
import { idsIn, inDepartments, type Told, type WecomHint } from './hints';
import { keyOf } from './members';

/** Seconds since 1970. */
const TIME = /^\d{1,15}$/;

/** Longer ones are not WeCom's: its userids have 64 bytes. */
const LONGEST_USERID = 100;

/**
 * What a message says may have changed. Empty for whatever does not concern members and departments: tags, finished exports,
 * chats, the envelope of third-party suites (`InfoType`), and events that do not exist yet. Undefined: a change of contacts
 * that names nobody.
 */
export function hintsIn(message: Message): WecomHint[] | undefined {
  switch (message.get('event')?.toLowerCase()) {
    case 'change_contact':
      return contactHints(message);
    // Somebody came into the visible range of the app, or left it; that may be joining or leaving the company.
    case 'subscribe':
      return userHints(message, 'fromusername', 'user-joined');
    case 'unsubscribe':
      return userHints(message, 'fromusername');
    default:
      return [];
  }
}

function contactHints(message: Message): WecomHint[] | undefined {
  switch (message.get('changetype')?.toLowerCase()) {
    case 'create_user':
      return userHints(message, 'userid', 'user-joined');
    case 'update_user':
      return renameHints(message) ?? userHints(message, 'userid');
    case 'delete_user': {
      const userid = useridIn(message, 'userid');
      return userid === undefined ? undefined : [{ kind: 'user-left', userid, ...toldIn(message) }];
    }
    case 'create_party':
    case 'update_party':
      return departmentHints(message, 'department');
    case 'delete_party':
      return departmentHints(message, 'department-removed');
    default:
      return [];
  }
}

/** The same person under a new userid; undefined when it did not change, or only its capitals. */
function renameHints(message: Message): WecomHint[] | undefined {
  const from = useridIn(message, 'userid');
  const to = useridIn(message, 'newuserid');
  if (from === undefined || to === undefined || keyOf(from) === keyOf(to)) return undefined;
  const rename: WecomHint = { kind: 'rename', from, to, ...departmentsIn(message), ...toldIn(message) };
  return [rename, ...(userHints(message, 'newuserid') ?? [])];
}

function userHints(message: Message, name: string, kind: 'user' | 'user-joined' = 'user'): WecomHint[] | undefined {
  const userid = useridIn(message, name);
  if (userid === undefined) return undefined;
  const told = kind === 'user-joined' ? toldIn(message) : {};
  return [{ kind, userid, ...departmentsIn(message), ...told }];
}

const departmentsIn = (message: Message): { departments?: readonly number[] } =>
  inDepartments(idsIn(message.get('department') ?? ''));

function toldIn(message: Message): Told {
  const at = message.get('createtime');
  return at !== undefined && TIME.test(at) ? { at } : {};
}

function departmentHints(message: Message, kind: 'department' | 'department-removed'): WecomHint[] | undefined {
  const id = Number(message.get('id'));
  return isId(id) ? [{ kind, id }] : undefined;
}

function useridIn(message: Message, name: string): string | undefined {
  const userid = message.get(name);
  return userid !== undefined && userid !== '' && userid.length <= LONGEST_USERID ? userid : undefined;
}
