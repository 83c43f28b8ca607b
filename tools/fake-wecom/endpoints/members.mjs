import { ApiError } from '../api/errors.mjs';
import { numberOf, useridOf } from './parameters.mjs';

/** Reading members one by one and department by department. */
export const MEMBER_ENDPOINTS = {
  'user/simplelist': {
    method: 'GET',
    lists: ['userlist'],
    run: (call) => ({ userlist: staffOf(call).map((member) => call.view.brief(member)) }),
  },
  'user/list': {
    method: 'GET',
    lists: ['userlist'],
    run(call) {
      const staff = staffOf(call);
      if (staff.length > call.settings.pages.userListMax) throw new ApiError(45029);
      return { userlist: staff.map((member) => call.view.details(member)) };
    },
  },
  'user/get': {
    method: 'GET',
    run: ({ view, query }) => view.details(view.checkMember(useridOf(query))),
  },
  'user/getuserid': {
    method: 'POST',
    run({ view, body, limits, company }) {
      limits.checkPhones();
      const member = body.mobile && view.members().find(({ mobile }) => mobile === String(body.mobile));
      if (member) return { userid: member.userid };
      limits.countWrongPhone(company.members().length);
      throw new ApiError(46004);
    },
  },
  'user/get_userid_by_email': {
    method: 'POST',
    run({ view, body }) {
      const field = body.email_type === 2 ? 'email' : 'biz_mail';
      const member = body.email && view.members().find((each) => each[field] === body.email);
      if (!member) throw new ApiError(46004);
      return { userid: member.userid };
    },
  },
};

/** `fetch_child` is ignored unless it is switched on. */
function staffOf({ view, query, settings }) {
  const isDeep = settings.fetchChild && query.get('fetch_child') === '1';
  return view.membersOf(numberOf(query, 'department_id', true), isDeep);
}
