/** What a member starts with, in the vendor's order of fields. */
const BLANK = {
  userid: '',
  name: '',
  department: [1],
  order: [0],
  position: '',
  mobile: '',
  gender: '0',
  email: '',
  biz_mail: '',
  is_leader_in_dept: [0],
  direct_leader: [],
  avatar: '',
  thumb_avatar: '',
  telephone: '',
  alias: '',
  address: '',
  main_department: 1,
  status: 4,
  extattr: { attrs: [] },
  qr_code: '',
  external_position: '',
  external_profile: {},
};

/** Fields that an app created after 2022-06-20 does not get. */
const SENSITIVE = ['mobile', 'gender', 'email', 'biz_mail', 'avatar', 'thumb_avatar', 'address', 'qr_code'];

/** A whole member from what is known of one. Throws for a field that members do not have. */
export function completeMember(fields) {
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(BLANK, name)) throw new Error(`A member has no field "${name}".`);
  }
  const { department = BLANK.department } = fields;
  return {
    ...BLANK,
    main_department: department[0],
    ...fields,
    order: aligned(department, department, fields.order),
    is_leader_in_dept: aligned(department, department, fields.is_leader_in_dept),
  };
}

/** Numbers that stood beside the departments `before`, beside `after`; 0 where there was none. */
export function aligned(after, before, numbers = []) {
  return after.map((id) => numbers[before.indexOf(id)] ?? 0);
}

/**
 * A member as a secret sees it: only the departments of `isVisible`, and without the sensitive fields when `reduced`.
 * `hidden`: whether these are `absent` or `empty`.
 */
export function memberAnswer(member, isVisible, reduced, hidden) {
  const { main_department, ...answer } = member;
  const kept = member.department.filter(isVisible);
  if (kept.length < member.department.length) {
    answer.department = kept;
    answer.order = aligned(kept, member.department, member.order);
    answer.is_leader_in_dept = aligned(kept, member.department, member.is_leader_in_dept);
  }
  if (isVisible(main_department)) answer.main_department = main_department;
  if (!reduced) return answer;
  for (const name of SENSITIVE) {
    if (hidden === 'absent') delete answer[name];
    else answer[name] = BLANK[name];
  }
  return answer;
}
