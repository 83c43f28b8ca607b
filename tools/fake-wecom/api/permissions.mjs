import { ApiError } from './errors.mjs';

const YES = 0;

/**
 * Who may call what: 0 or the errcode. Columns: app secret of an app created before 2022-06-20, of one created after;
 * contacts-sync secret from an address that used it before, from a new one.
 */
const MATRIX = {
  'department/list': [YES, YES, YES, 48009],
  'department/get': [YES, YES, YES, 48009],
  'department/simplelist': [YES, YES, YES, YES],
  'user/simplelist': [YES, YES, YES, 48009],
  'user/list': [YES, YES, YES, 48009],
  'user/get': [YES, YES, YES, 48009],
  'user/list_id': [48002, 48002, YES, YES],
  'user/getuserid': [YES, YES, YES, YES],
  'user/get_userid_by_email': [YES, YES, YES, YES],
  'export/simple_user': [YES, YES, YES, 48009],
  'export/user': [YES, YES, YES, 48009],
  'export/department': [YES, YES, YES, 48009],
  'export/taguser': [YES, YES, YES, 48009],
  'export/get_result': [YES, YES, YES, 48009],
  'tag/list': [YES, YES, YES, YES],
  'tag/get': [YES, YES, YES, YES],
  'agent/get': [YES, YES, 301002, 301002],
  getcallbackip: [YES, YES, YES, YES],
  get_api_domain_ip: [YES, YES, YES, YES],
  'user/create': [48002, 48002, YES, YES],
  'user/update': [48002, 48002, YES, YES],
  'user/delete': [48002, 48002, YES, YES],
  'user/batchdelete': [48002, 48002, YES, YES],
  'department/create': [48002, 48002, YES, YES],
  'department/update': [48002, 48002, YES, YES],
  'department/delete': [48002, 48002, YES, YES],
  'batch/getresult': [48002, 48002, YES, YES],
};

const WRITES = /^(user\/(create|update|delete|batchdelete)|department\/(create|update|delete)|batch\/.*)$/;

/** Throws unless this kind of secret may call the endpoint from this address. */
export function checkPermission(endpoint, kind, ip, settings) {
  const { appCreated, ipIsNew, appDisabled, apiEdit } = settings.values;
  checkAddress(kind, ip, settings);
  if (kind === 'app' && appDisabled) throw new ApiError(50003);
  const column = kind === 'app' ? (appCreated === 'before' ? 0 : 1) : ipIsNew ? 3 : 2;
  const errcode = MATRIX[endpoint][column];
  if (errcode !== YES) throw new ApiError(errcode);
  if (!apiEdit && WRITES.test(endpoint)) throw new ApiError(48002);
}

/** New apps, and contacts-sync from a new address, must be called from a trusted one; older ones only if a list is set. */
function checkAddress(kind, ip, settings) {
  const trusted = settings.trustedIps(kind);
  const { appCreated, ipIsNew } = settings.values;
  if (kind === 'contacts' && !ipIsNew) return;
  if (kind === 'app' && appCreated === 'before' && trusted === null) return;
  if (!trusted?.includes(ip)) throw new ApiError(60020);
}
