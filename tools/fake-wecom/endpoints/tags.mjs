import { ApiError } from '../api/errors.mjs';
import { numberOf } from './parameters.mjs';

/** Reading tags: members by name and whole departments, as far as they are visible. */
export const TAG_ENDPOINTS = {
  'tag/list': {
    method: 'GET',
    lists: ['taglist'],
    run: ({ company }) => ({ taglist: company.tags().map(({ tagid, tagname }) => ({ tagid, tagname })) }),
  },
  'tag/get': {
    method: 'GET',
    lists: ['userlist', 'partylist'],
    run({ company, view, query }) {
      const tag = company.tag(numberOf(query, 'tagid', true));
      if (!tag) throw new ApiError(40068);
      return tagAnswer(tag, company, view);
    },
  },
};

export function tagAnswer({ tagname, userlist, partylist }, company, view) {
  const members = userlist.map((userid) => company.member(userid)).filter((member) => member && view.sees(member));
  return {
    tagname,
    userlist: members.map(({ userid, name }) => ({ userid, name })),
    partylist: partylist.filter((id) => view.seesDepartment(id)),
  };
}
