// Whether what WeCom told can be read in another way, too: it tells times in seconds, and of one second anything may have been first.

/** More than that is not tried: then nothing is proven. */
const MOST_STEPS = 1_000_000;

/**
 * What callbacks told of members, in the order in which it happened: `[{ second, kind, userid, to?, departments }]`, of the
 * kinds join, leave, rename and move. `deliveries` as the fake has them; those that were sent twice are told once.
 */
export function toldOf(deliveries) {
  const told = deliveries
    .filter(({ duplicateOf }) => duplicateOf === undefined)
    .map(({ changeType, message }) => {
      const element = (name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(message)?.[1].toLowerCase();
      const to = element('NewUserID');
      const kind = { create_user: 'join', delete_user: 'leave', update_user: to === undefined ? 'move' : 'rename' }[
        changeType
      ];
      return {
        ...{ second: Number(element('CreateTime')), kind, userid: element('UserID'), to },
        departments: departmentsKey((element('Department') ?? '').split(',')),
      };
    })
    .filter(({ kind }) => kind !== undefined);
  // Who joins is said to have moved as well: it says no more.
  const joins = new Set(told.filter(({ kind }) => kind === 'join').map(placeOf));
  return told.filter((each) => each.kind !== 'move' || !joins.has(placeOf(each)));
}

const placeOf = ({ second, userid, departments }) => `${second} ${userid} ${departments}`;

/** Userid → departments, of members as the fake has them. */
export const placesOf = (members) =>
  new Map(members.map(({ userid, department }) => [userid.toLowerCase(), departmentsKey(department)]));

const departmentsKey = (departments) => [...departments].map(String).sort().join();

/**
 * Whether `person` may have `userid` in the end: they are who had the userid of that name before, undefined: somebody new.
 * `before` and `after`: who was and is there (`placesOf`). Whoever joins where the last one left is that one again.
 */
export function mayHave(userid, person, { told, before, after }) {
  const userids = connected(userid, told);
  const story = told
    .filter((each) => userids.has(each.userid))
    .map((each, index) => ({ ...each, index }))
    .sort((a, b) => a.second - b.second);
  const here = new Map(
    [...userids]
      .filter((each) => before.has(each))
      .map((each) => [each, { person: each, departments: before.get(each) }]),
  );
  const isAsItIs = (end) => [...userids].every((each) => end.get(each)?.departments === after.get(each));
  const isThem = (end) => (person === undefined ? end.get(userid).isNew === true : end.get(userid).person === person);
  const seen = new Set();
  const search = (rest, state) => {
    if (rest.length === 0) return isAsItIs(state.here) && isThem(state.here);
    const key = JSON.stringify([rest.map(({ index }) => index), [...state.here].sort(), [...state.left].sort()]);
    if (seen.has(key) || seen.size >= MOST_STEPS) return false;
    seen.add(key);
    return rest.some((happening, at) => {
      const next = happening.second === rest[0].second && happen(happening, state);
      return next && search(rest.toSpliced(at, 1), next);
    });
  };
  return search(story, { here, left: new Map() });
}

/** What was told of a userid and of those that have to do with it, in words: `7 rename a x (2)`. */
export function storyOf(userid, told) {
  const userids = connected(userid, told);
  return told
    .filter((each) => userids.has(each.userid))
    .map((each) => [each.second, each.kind, each.userid, each.to, each.departments && `(${each.departments})`])
    .map((words) => words.filter(Boolean).join(' '));
}

/** Whoever has to do with a userid, by what was told. */
function connected(userid, told) {
  const userids = new Set([userid]);
  for (let size = 0; size < userids.size;) {
    size = userids.size;
    for (const { userid: from, to } of told) {
      if (to !== undefined && (userids.has(from) || userids.has(to))) userids.add(from).add(to);
    }
  }
  return userids;
}

/** Who is there then; undefined when it cannot have happened. */
function happen({ kind, userid, to, departments, index }, { here, left }) {
  const who = here.get(userid);
  if ((who === undefined) !== (kind === 'join')) return undefined;
  const [nowHere, nowLeft] = [new Map(here), new Map(left)];
  if (kind === 'join') {
    nowHere.set(userid, { ...(left.get(userid) ?? { person: `new ${index}`, isNew: true }), departments });
    nowLeft.delete(userid);
  } else if (kind === 'leave') {
    nowHere.delete(userid);
    nowLeft.set(userid, who);
  } else if (kind === 'move') {
    nowHere.set(userid, { ...who, departments });
  } else {
    if (here.has(to) || who.departments !== departments) return undefined;
    nowHere.delete(userid);
    nowHere.set(to, who);
    nowLeft.delete(to);
  }
  return { here: nowHere, left: nowLeft };
}
