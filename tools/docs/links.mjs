// Links between the files of the documentation, as they stand in the repository: each leads to a file, and to a heading in it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../bootstrap.mjs';
import { anchorOf, linkedFile } from './pages.mjs';

/** What is wrong with the links of a file, as sentences. */
export function linkProblems(file, text = readFileSync(join(REPOSITORY, file), 'utf8')) {
  const prose = text.replace(/^( *)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]*`/g, (code) => 'x'.repeat(code.length));
  const links = [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1]);
  return links.flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return [];
    const target = linkedFile(file, link) ?? file;
    if (!existsSync(join(REPOSITORY, target))) return [`${file}: ${link} leads to no file`];
    const anchor = /#(.+)$/.exec(link)?.[1];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    const inside = target === file ? text : readFileSync(join(REPOSITORY, target), 'utf8');
    return headingAnchors(inside).has(decodeURI(anchor)) ? [] : [`${file}: ${link} leads to no heading of ${target}`];
  });
}

function headingAnchors(text) {
  const seen = new Map();
  const prose = text.replace(/^( *)```[\s\S]*?^\1```/gm, '');
  return new Set(
    [...prose.matchAll(/^#{1,6} (.+)$/gm)].map((match) => {
      const anchor = anchorOf(match[1].replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    }),
  );
}
