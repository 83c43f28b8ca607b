import { idFor, PROBLEM_OF } from './answers';
import { restWithoutAsking } from './ask';
import { readCommandLine } from './command-line';

describe('the command line', () => {
  it('gives answers as they are typed, with printed apostrophes', () => {
    expect(readCommandLine(['acme', '--kind', 'source', '--name', "O'Hare", '--author', ' Ann '])).toEqual({
      folder: 'acme',
      kind: 'source',
      name: 'O’Hare',
      author: 'Ann',
    });
    expect(readCommandLine(['--help'])).toBe('help');
  });

  it.each<[string[], RegExp]>([
    [['acme', '--kind', 'sink'], /^--kind sink: The kind is "source" .* or "target"/],
    [['acme', '--id', 'Acme'], /^--id Acme: An id begins with a lower-case letter.*like acme-hr/],
    [['acme', '--id', `a${'b'.repeat(63)}`], /at most 63/],
    [['acme', '--name', 'a "b"'], /^--name a "b": The name begins with a letter or digit/],
    [['acme', '--name', '${x}'], /The name/],
    [['acme', '--name', 'a\nb'], /The name/],
    [['acme', '--author', '<a@b>'], /The author/],
    [['two', 'folders'], /One folder, please: "two", "folders"/],
    [['--colour', 'red'], /Unknown option '--colour'[^]*npx @rollcall\/create-adapter <folder>/],
  ])('refuses %j', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
  });

  it('says what is missing where there is no terminal to ask at', () => {
    expect(() => restWithoutAsking({ kind: 'source' })).toThrow(
      'There is no terminal to ask at. Say <folder>, --name, --id on the command line; --help shows how.',
    );
    expect(() => restWithoutAsking({ folder: 'a', kind: 'source', name: '王' })).toThrow('Say --id on');
    expect(restWithoutAsking({ folder: 'a', kind: 'target', name: 'Acme HR' })).toEqual({
      ...{ folder: 'a', kind: 'target', name: 'Acme HR', id: 'acme-hr', author: 'The authors of Acme HR' },
    });
  });
});

it.each([
  ['Acme HR', 'acme-hr'],
  ['Société Générale', 'societe-generale'],
  ['3M (EMEA)', 'm-emea'],
  ['王芳', ''],
  ['A'.repeat(80), 'a'.repeat(63)],
])('the id for %s is "%s"', (name, id) => {
  expect(idFor(name)).toBe(id);
  if (id !== '') expect(PROBLEM_OF.id(id)).toBeUndefined();
});
