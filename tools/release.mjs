// npm run release [-- minor]: one version for all packages, its notes, a commit and a tag. See CONTRIBUTING.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY, Refusal, checkNode, install, main } from './bootstrap.mjs';
import { releaseNotes } from './release-notes.mjs';

const HELP = `npm run release [-- <patch | minor | major | 1.2.3>] [--dry-run]

Gives every package the next version (minor unless it is said), moves what is unreleased in CHANGELOG.md under it, commits
and tags. Nothing is published and nothing is pushed. --dry-run only says what would happen.
`;

const OPTIONS = { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean' } };

await main(async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) return console.log(HELP);
  checkNode();
  const dryRun = values['dry-run'];
  const uncommitted = git('status', '--porcelain');
  if (uncommitted && !dryRun) throw new Refusal(`Commit these first, or put them aside:\n\n${uncommitted}`);
  await install();
  process.env.NX_DAEMON = 'false';
  const { releaseVersion } = await import('nx/release');
  const { workspaceVersion } = await releaseVersion({ specifier: positionals[0] ?? 'minor', dryRun, gitCommit: false });
  const file = join(REPOSITORY, 'CHANGELOG.md');
  const date = new Date().toISOString().slice(0, 10);
  const { notes, changelog } = releaseNotes(readFileSync(file, 'utf8'), workspaceVersion, date);
  if (dryRun) return console.log(`CHANGELOG.md would say of ${workspaceVersion}:\n\n${notes}`);
  writeFileSync(file, changelog);
  git('commit', '--all', '--message', `Rollcall ${workspaceVersion}`);
  git('tag', '--annotate', `v${workspaceVersion}`, '--cleanup=verbatim', '--message', notes);
  console.log(`Committed and tagged as v${workspaceVersion}. CONTRIBUTING.md says how to publish it.`);
});

function git(...words) {
  return execFileSync('git', words, { cwd: REPOSITORY, encoding: 'utf8' }).trimEnd();
}
