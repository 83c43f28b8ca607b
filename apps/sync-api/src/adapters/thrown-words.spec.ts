import { thrownWords } from './thrown-words';

const DIRECTORY = '/srv/a home (2)/node_modules/acme';

function thrown(...stack: string[]): Error {
  return Object.assign(new Error('needs libfoo'), { stack: stack.join('\n') });
}

describe('what was thrown is told with its place', () => {
  it.each([
    ['in CommonJS', `    at Object.<anonymous> (${DIRECTORY}/index.js:1:7)`, `${DIRECTORY}/index.js:1:7`],
    ['outside of every function', `    at ${DIRECTORY}/index.js:3:9`, `${DIRECTORY}/index.js:3:9`],
    [
      'in an ES module',
      `    at async file:///srv/a%20home%20(2)/node_modules/acme/main.js:1:7`,
      '/srv/a%20home%20(2)/node_modules/acme/main.js:1:7',
    ],
    [
      'in a function of an ES module',
      `    at async Client.read (file:///srv/x/main.js:1:7)`,
      '/srv/x/main.js:1:7',
      '/srv/x',
    ],
    ['where it cannot be parsed', `${DIRECTORY}/index.js:12`, `${DIRECTORY}/index.js:12`],
  ])('%s, also in a folder with a space in its name', (_where, line, place, directory = DIRECTORY) => {
    const error = thrown(
      'Error: needs libfoo',
      '    at node:internal/main:1:1',
      line,
      '    at Other (/else/where.js:1:1)',
    );
    expect(thrownWords(error, directory)).toBe(`needs libfoo (${place})`);
    expect(thrownWords(error)).toBe(`needs libfoo (${place})`);
  });

  it('unless it is not below the directory', () => {
    const error = thrown('Error: look at /srv/notes:12', '    at Other (/else/where.js:1:1)');
    expect(thrownWords(error, DIRECTORY)).toBe('needs libfoo');
    expect(thrownWords(error)).toBe('needs libfoo (/else/where.js:1:1)');
  });

  it('in its own words alone where it has no stack', () => expect(thrownWords('needs libfoo')).toBe('needs libfoo'));
});
