import { type Named, sourceLabel } from '../api/named';
import type { Adapter, Note, Task } from '../api/types';
import { localAdapter } from './adapter-texts';
import { regional } from './format';

/** What people call the things that a task's notes name as machines do. */
export interface TaskNames {
  source: (name: string) => string;
  /** Of what the task is for. */
  option: (name: string) => string;
  /** Of a target that the task came by. */
  targetOption: (target: string, name: string) => string;
  /** By its id: the one of what the task is for. */
  adapter: (id: string) => string;
  /** Of a moment of today, with seconds. */
  time: (iso: string) => string;
}

interface Schema {
  title?: string;
  properties?: Record<string, Schema | undefined>;
  items?: Schema;
}

/**
 * What an option is called in the form, in the language that the adapter speaks here; its name where there is no title. A nested one is
 * named by all on the way to it, places in lists by their number from 1.
 */
export function optionTitle(adapter: Adapter | undefined, name: string): string {
  let schema = adapter?.configSchema as Schema | undefined;
  if (schema?.properties?.[name]) return schema.properties[name].title ?? name;
  const titles = name.split(/[/.]/).map((part) => {
    const place = schema?.items && /^\d+$/.test(part);
    schema = place ? schema?.items : schema?.properties?.[part];
    return place ? String(Number(part) + 1) : (schema?.title ?? part);
  });
  return schema ? titles.join(' → ') : name;
}

/** They speak of an adapter or of one of its options. */
const OF_ADAPTERS: ReadonlySet<Note['code']> = new Set(['look_at_option', 'target_stopped', 'workers_lost']);

/** Some note of the task can only be said in people's words once the adapters are known. */
export const speaksOfAdapter = ({ notes }: Pick<Task, 'notes'>): boolean =>
  notes?.some(({ code }) => OF_ADAPTERS.has(code)) ?? false;

/** Undefined: not read (yet). Of a task for one target, the options are the target's. */
export function taskNames(
  { source, target }: Pick<Task, 'source' | 'target'>,
  language: string,
  known: { sources: Named[] | undefined; targets: Named[] | undefined; adapters: Adapter[] | undefined },
): TaskNames {
  const { sources, targets, adapters } = known;
  const kind = target ? 'target' : 'source';
  const adapterOf = (adapterKind: Adapter['kind'], id: string | undefined): Adapter | undefined => {
    const adapter = adapters?.find((one) => one.kind === adapterKind && one.id === id);
    return adapter && localAdapter(adapter, language);
  };
  const typeOf = (named: Named[] | undefined, is: (one: Named) => boolean): string | undefined => named?.find(is)?.type;
  const owner = typeOf(target ? targets : sources, ({ id }) => id === (target ?? source)?.id);
  return {
    source: (name) => sourceLabel(sources, name),
    option: (name) => optionTitle(adapterOf(kind, owner), name),
    targetOption: (stopped, name) => {
      const type = typeOf(targets, (one) => one.name === stopped);
      return optionTitle(adapterOf('target', type), name);
    },
    adapter: (id) => adapterOf(kind, id)?.title ?? id,
    time: (iso) => new Intl.DateTimeFormat(regional(language), { timeStyle: 'medium' }).format(new Date(iso)),
  };
}
