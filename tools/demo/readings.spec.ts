type Readings = typeof import('./readings.mjs');

let mayHave: Readings['mayHave'], placesOf: Readings['placesOf'], toldOf: Readings['toldOf'];

beforeAll(async () => {
  ({ mayHave, placesOf, toldOf } = (await import(`${__dirname}/readings.mjs`)) as Readings);
});

/** Callbacks as the fake sends them. */
const callback = (second: number, changeType: string, elements: Record<string, string>) => ({
  changeType,
  message: `<xml><CreateTime>${second}</CreateTime>${Object.entries(elements)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`,
});
const join = (second: number, userid: string, department: number) =>
  callback(second, 'create_user', { UserID: userid, Department: String(department) });
const leave = (second: number, userid: string) => callback(second, 'delete_user', { UserID: userid });
const rename = (second: number, userid: string, to: string, department: number) =>
  callback(second, 'update_user', { UserID: userid, NewUserID: to, Department: String(department) });
const move = (second: number, userid: string, department: number) =>
  callback(second, 'update_user', { UserID: userid, Department: String(department) });

const places = (members: Record<string, number>): Map<string, string> =>
  placesOf(Object.entries(members).map(([userid, department]) => ({ userid, department: [department] })));

describe('who may have a userid in the end', () => {
  it('of two who came to it within a second, the one who is in the departments in which they are', () => {
    const story = {
      told: toldOf([rename(7, 'Anna', 'x', 2), leave(7, 'x'), rename(7, 'bert', 'x', 3)]),
      before: places({ Anna: 2, bert: 3 }),
      after: places({ x: 3 }),
    };
    expect(mayHave('x', 'bert', story)).toBe(true);
    expect(mayHave('x', 'anna', story)).toBe(false);
    expect(mayHave('x', undefined, story)).toBe(false);
  });

  it('either, when they were in the same ones', () => {
    const story = {
      told: toldOf([rename(7, 'anna', 'x', 2), leave(7, 'x'), rename(7, 'bert', 'x', 2)]),
      before: places({ anna: 2, bert: 2 }),
      after: places({ x: 2 }),
    };
    expect(mayHave('x', 'bert', story)).toBe(true);
    expect(mayHave('x', 'anna', story)).toBe(true);
  });

  it('only the last one, when it was told in different seconds', () => {
    const story = {
      told: toldOf([rename(7, 'anna', 'x', 2), leave(8, 'x'), rename(9, 'bert', 'x', 2)]),
      before: places({ anna: 2, bert: 2 }),
      after: places({ x: 2 }),
    };
    expect(mayHave('x', 'bert', story)).toBe(true);
    expect(mayHave('x', 'anna', story)).toBe(false);
  });

  it('not somebody new who left before: that userid went to an acquaintance', () => {
    const story = {
      told: toldOf([
        ...[
          move(7, 'x', 4),
          move(7, 'x', 4),
          join(7, 'x', 4),
          leave(7, 'x'),
          rename(7, 'anna', 'x', 2),
          join(7, 'anna', 5),
        ],
        { ...join(7, 'anna', 5), duplicateOf: 4 },
      ]),
      before: places({ anna: 2 }),
      after: places({ x: 2, anna: 5 }),
    };
    expect(mayHave('x', 'anna', story)).toBe(true);
    expect(mayHave('x', undefined, story)).toBe(false);
    expect(mayHave('anna', undefined, story)).toBe(true);
  });
});
