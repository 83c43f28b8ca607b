import { AGENT_ENDPOINTS } from './agent.mjs';
import { DEPARTMENT_ENDPOINTS } from './departments.mjs';
import { EXPORT_ENDPOINTS } from './exports.mjs';
import { ID_ENDPOINTS } from './id-sweeps.mjs';
import { MEMBER_ENDPOINTS } from './members.mjs';
import { TAG_ENDPOINTS } from './tags.mjs';
import { WRITE_ENDPOINTS } from './writes.mjs';

/**
 * Path below /cgi-bin/ → `{ method, run(call), lists?, isOpen? }`: `lists` are answered empty beside an error, `isOpen` needs
 * no token. `run` returns the answer without errcode, or throws an `ApiError`.
 */
export const ENDPOINTS = new Map(
  Object.entries({
    ...AGENT_ENDPOINTS,
    ...DEPARTMENT_ENDPOINTS,
    ...MEMBER_ENDPOINTS,
    ...ID_ENDPOINTS,
    ...TAG_ENDPOINTS,
    ...EXPORT_ENDPOINTS,
    ...WRITE_ENDPOINTS,
  }),
);
