// The company: users of about 300 bytes with one and a half departments and four custom fields each, and a department
// for every 20 of them. The same number always makes the same record.

/** What uids begin with in the partner's list: the same people, in departments of its own that two of them own each. */
export const PARTNER = 'p-';

const PAGE = 1_000;
const CHANGED_PERCENT_AT = 7;
const GONE_PERCENT_AT = { '': 13, [PARTNER]: 37 };

export const departmentCount = (users) => Math.max(1, Math.floor(users / 20));

/** A tree of ten children each. */
export function department(n, prefix = '', owners = []) {
  return {
    uid: `${prefix}d${n}`,
    title: `Department Number ${n}`,
    parentUid: n === 0 ? null : `${prefix}d${Math.floor((n - 1) / 10)}`,
    sort: n,
    ...(owners.length > 0 && { ownerUids: owners.map((owner) => `${prefix}e${owner}`) }),
  };
}

/** `changed`: the person has another name and office, and every second one another department. */
export function user(n, departments, { changed = false, prefix = '' } = {}) {
  const first = (changed && n % 200 === CHANGED_PERCENT_AT ? n + 1 : n) % departments;
  const second = (n * 7 + 3) % departments;
  return {
    uid: `${prefix}e${n}`,
    username: `firstname.lastname${n}`,
    nickname: changed ? `Renamed Lastname ${n}` : `Firstname Lastname ${n}`,
    email: `firstname.lastname${n}@company.example`,
    phone: `+86 ${13_000_000_000 + n}`,
    departments:
      n % 2 === 0 || first === second ? [`${prefix}d${first}`] : [`${prefix}d${first}`, `${prefix}d${second}`],
    position: 'Senior Engineer',
    office: changed ? 'Building moved' : `Building ${n % 50}`,
    employeeNumber: `E-${1_000_000 + n}`,
    costCentre: `CC-${n % 300}`,
  };
}

/**
 * Everything that the company says, page by page. `base`: as it was; `changed`: one user in a hundred differs from that;
 * `gone`: one in a hundred is not there. `prefix`: none for the company's own list, or `PARTNER`.
 */
export function* pages(users, state, prefix = '') {
  const departments = departmentCount(users);
  for (let from = 0; from < departments; from += PAGE) {
    const records = [];
    for (let n = from; n < Math.min(departments, from + PAGE); n++) {
      records.push(department(n, prefix, prefix === '' ? [] : [n, users - 1 - n]));
    }
    yield { dataType: 'department', records };
  }
  for (let from = 0; from < users; from += PAGE) {
    const records = [];
    for (let n = from; n < Math.min(users, from + PAGE); n++) {
      if (state === 'gone' && n % 100 === GONE_PERCENT_AT[prefix]) continue;
      records.push(user(n, departments, { changed: state === 'changed' && n % 100 === CHANGED_PERCENT_AT, prefix }));
    }
    yield { dataType: 'user', records };
  }
}
