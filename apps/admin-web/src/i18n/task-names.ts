import { type Named, sourceLabel } from '../api/named';
import type { Adapter, Task } from '../api/types';
import { localAdapter } from './adapter-texts';

/** What people call the things that a task's notes name as machines do. */
export interface TaskNames {
  source: (name: string) => string;
  option: (name: string) => string;
}

type Properties = Record<string, { title?: string } | undefined>;

/** What an option is called in the form, in the language that the adapter speaks here; its name where there is no title. */
export const optionTitle = (adapter: Adapter | undefined, name: string): string =>
  (adapter?.configSchema?.['properties'] as Properties | undefined)?.[name]?.title ?? name;

/** Some note of the task speaks of an option. */
export const speaksOfOption = ({ notes }: Pick<Task, 'notes'>): boolean =>
  notes?.some(({ code }) => code === 'look_at_option') ?? false;

/** Undefined: not read (yet). Of a task for one target, the options are the target's. */
export function taskNames(
  { source, target }: Pick<Task, 'source' | 'target'>,
  language: string,
  known: { sources: Named[] | undefined; targets: Named[] | undefined; adapters: Adapter[] | undefined },
): TaskNames {
  const { sources, targets, adapters } = known;
  const kind = target ? 'target' : 'source';
  const owner = (target ? targets : sources)?.find(({ id }) => id === (target ?? source)?.id);
  const adapter = owner && adapters?.find((one) => one.kind === kind && one.id === owner.type);
  return {
    source: (name) => sourceLabel(sources, name),
    option: (name) => optionTitle(adapter && localAdapter(adapter, language), name),
  };
}
