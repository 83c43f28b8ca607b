// CHANGELOG.md is written by hand, under "Unreleased", while things change; a release gives what stands there its number.
const UNRELEASED = '## Unreleased\n';

/** The changelog with its unreleased part under a version and a date (2026-11-28), and that part alone. */
export function releaseNotes(changelog, version, date) {
  const [before, after] = changelog.split(UNRELEASED);
  if (after === undefined) throw new Error('CHANGELOG.md has no part "## Unreleased".');
  const end = after.search(/^## /m);
  const notes = (end < 0 ? after : after.slice(0, end)).trim();
  if (notes === '')
    throw new Error('Nothing stands under "## Unreleased" in CHANGELOG.md: there is nothing to release.');
  const earlier = end < 0 ? '' : `\n\n${after.slice(end).trimEnd()}`;
  return { notes, changelog: `${before}${UNRELEASED}\n## ${version} - ${date}\n\n${notes}${earlier}\n` };
}
