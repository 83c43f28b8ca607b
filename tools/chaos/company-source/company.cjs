/** How many there are. Small enough for a round of a few seconds, large enough for several pages and real batches. */
const USERS = 2_000;
const DEPARTMENTS = 60;

/** Every version changes a quarter of the people, moves a tenth, and leaves another twenty-fifth out. */
const isPresent = (n, version) => (n + version) % 25 !== 0;

const department = (n, version) => ({
  uid: `d${n}`,
  title: `Department ${n}, version ${Math.floor((n + version) / 3)}`,
  parentUid: n === 0 ? null : `d${Math.floor((n - 1) / 8)}`,
});

const user = (n, version) => ({
  uid: `u${n}`,
  username: `user.${n}`,
  email: `user.${n}@example.com`,
  nickname: `Person ${n}, version ${Math.floor((n + version) / 4)}`,
  managerUid: `u${(n * 31 + 7) % USERS}`,
  departments: [{ uid: `d${(n + Math.floor((n + version) / 10)) % DEPARTMENTS}`, isMain: true }],
});

const numbers = (count) => Array.from({ length: count }, (_, n) => n);

/** What the company says in one version. */
function company(version) {
  return {
    departments: numbers(DEPARTMENTS).map((n) => department(n, version)),
    users: numbers(USERS)
      .filter((n) => isPresent(n, version))
      .map((n) => user(n, version)),
  };
}

/** What must stand in the users table after complete reads of all versions up to this one: who is missing is disabled. */
function expectedUsers(version) {
  return numbers(USERS).flatMap((n) => {
    const present = isPresent(n, version);
    if (!present && version === 0) return [];
    return [{ ...user(n, present ? version : version - 1), status: present ? 'active' : 'disabled' }];
  });
}

module.exports = { company, expectedUsers, DEPARTMENTS };
