import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Answers } from './answers';
import { Refusal } from './refusal';

const PACKAGE = join(__dirname, '..');
const TEMPLATES = join(PACKAGE, 'templates');

/** The templates are whole packages for these systems. Their names are replaced; nothing else is. */
const SAMPLE = {
  source: { id: 'acme-hr', name: 'Acme HR' },
  target: { id: 'acme-crm', name: 'Acme CRM' },
  author: 'Acme Ltd',
  /** Of `@rollcall/core` and `rollcall`, which are released together with this package. */
  version: '0.0.0-template',
} as const;

/** npm leaves a file of this name out of packages. */
const RENAMED: Readonly<Record<string, string>> = { _gitignore: '.gitignore' };

/** Makes the package. Returns its files, relative to the folder. Throws a `Refusal` for a folder that holds something. */
export function generate({ folder, kind, id, name, author }: Answers): string[] {
  const target = resolve(folder);
  refuseUnlessEmpty(target);
  const sample = SAMPLE[kind];
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const words = new Map<string, string>([
    [sample.id, id],
    [sample.name, name],
    [SAMPLE.author, author],
    [SAMPLE.version, version],
  ]);
  const placeholder = new RegExp([...words.keys()].map((word) => word.replaceAll('.', '\\.')).join('|'), 'g');
  return ['common', kind].flatMap((part) => {
    const from = join(TEMPLATES, part);
    return filesOf(from).map((file) => {
      const written = join(dirname(file), RENAMED[basename(file)] ?? basename(file));
      const text = readFileSync(join(from, file), 'utf8').replace(placeholder, (word) => words.get(word) ?? word);
      mkdirSync(dirname(join(target, written)), { recursive: true });
      writeFileSync(join(target, written), text);
      return written;
    });
  });
}

function refuseUnlessEmpty(folder: string): void {
  let held: string[];
  try {
    mkdirSync(folder, { recursive: true });
    held = readdirSync(folder).filter((name) => name !== '.git');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Refusal(`${folder} cannot be made or read (${code}). Name another folder.`, { cause });
  }
  if (held.length > 0) {
    throw new Refusal(
      `${folder} is not empty: it holds ${held.slice(0, 3).join(', ')}. Name a folder that is empty or not there yet.`,
    );
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
