import { ApiError } from '../api/errors.mjs';
import { numberOf, useridOf } from './parameters.mjs';

/** Writing with the contacts-sync secret. Nobody is called back for it. */
export const WRITE_ENDPOINTS = {
  'user/create': {
    method: 'POST',
    run({ administration, body }) {
      if (!body.mobile && !body.email) throw new ApiError(60129);
      written(() => administration.addMember(body, 'api'));
      return {};
    },
  },
  'user/update': {
    method: 'POST',
    run({ administration, body: { userid, ...patch } }) {
      if (!userid) throw new ApiError(41009);
      written(() => administration.updateMember(userid, patch, 'api'));
      return {};
    },
  },
  'user/delete': {
    method: 'GET',
    run({ administration, query }) {
      administration.deleteMember(useridOf(query), 'api');
      return {};
    },
  },
  'user/batchdelete': {
    method: 'POST',
    run({ administration, body, company }) {
      if (!Array.isArray(body.useridlist) || body.useridlist.length === 0) throw new ApiError(40031);
      // All or none: a list with a stranger in it is refused.
      if (!body.useridlist.every((userid) => company.member(userid))) throw new ApiError(40031);
      for (const userid of body.useridlist) administration.deleteMember(userid, 'api');
      return {};
    },
  },
  'department/create': {
    method: 'POST',
    run: ({ administration, body }) => ({ id: administration.addDepartment(body, 'api').id }),
  },
  'department/update': {
    method: 'POST',
    run({ administration, body: { id, ...patch } }) {
      administration.updateDepartment(id, patch, 'api');
      return {};
    },
  },
  'department/delete': {
    method: 'GET',
    run({ administration, query }) {
      administration.deleteDepartment(numberOf(query, 'id', true), 'api');
      return {};
    },
  },
  // There is no batch import in the fake, so no job of one.
  'batch/getresult': {
    method: 'GET',
    run() {
      throw new ApiError(40088);
    },
  },
};

/** A field that members do not have is a wrong parameter. */
function written(write) {
  try {
    write();
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(40058, error.message);
  }
}
