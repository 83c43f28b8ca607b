import { ApiError } from '../api/errors.mjs';
import { tagAnswer } from './tags.mjs';

/** Exports: what the matching read would answer, all of it, in encrypted files. */
export const EXPORT_ENDPOINTS = {
  'export/simple_user': starts('export_simple_user', 'userlist', ({ view }) =>
    view.members().map((member) => ({ ...view.brief(member), open_userid: '' })),
  ),
  'export/user': starts('export_user', 'userlist', ({ view }) => view.members().map((member) => view.details(member))),
  'export/department': starts('export_department', 'department', ({ view }) => view.departments()),
  'export/taguser': {
    method: 'POST',
    run({ company, view, kind, body, exports }) {
      const tag = company.tag(body.tagid);
      if (!tag) throw new ApiError(40068);
      const { userlist, ...rest } = tagAnswer(tag, company, view);
      return { jobid: exports.start(kind, 'export_tag', body, 'userlist', userlist, rest) };
    },
  },
  'export/get_result': {
    method: 'GET',
    run: ({ exports, kind, query }) => exports.result(kind, query.get('jobid')),
  },
};

function starts(type, list, records) {
  return {
    method: 'POST',
    run: (call) => ({ jobid: call.exports.start(call.kind, type, call.body, list, records(call)) }),
  };
}
