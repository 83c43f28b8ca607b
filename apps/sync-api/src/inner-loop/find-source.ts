import { RollcallError } from '@rollcall/core';
import { packageIn } from '../adapters/find-package';
import { hearingRejections } from '../adapters/hear-rejections';
import { importPackage } from '../adapters/import-package';
import { loadPackage } from '../adapters/load-adapters';
import { canPull, type PullAdapter } from '../engine/read';
import { MEND } from './mend';

/**
 * The source adapter of the package in a folder, loaded as Rollcall loads it; `id` chooses when there are several. Throws a
 * `RollcallError` that says what to do: the package is not built or broken, or brings no source that reads by itself.
 */
export async function findSource(folder: string, id?: string): Promise<PullAdapter> {
  const found = packageIn(folder);
  const loaded = await loadPackage(found, hearingRejections(importPackage), MEND);
  const sources = loaded.flatMap(({ adapter }) => (adapter.kind === 'source' ? [adapter] : []));
  const ids = sources.map((source) => source.id).join(', ');
  const refuse = (message: string): never => {
    throw new RollcallError('configuration', message);
  };
  if (sources.length === 0) {
    return refuse(
      `${found.name} brings a target, and only sources are pulled. To see what the target does, run its tests with the ` +
        'conformance kit, or "rollcall dev": add it there under Targets and look at the plan that is held.',
    );
  }
  if (id === undefined && sources.length > 1) return refuse(`${found.name} brings ${ids}: choose one with --type.`);
  const source = id === undefined ? sources[0] : sources.find((one) => one.id === id);
  if (!source) return refuse(`${found.name} has no source "${id ?? ''}": it brings ${ids}.`);
  if (!canPull(source)) return refuse(`"${source.id}" cannot be read from here: its records are pushed.`);
  return source;
}
