import { RollcallError, type SourceAdapter, type TargetAdapter } from '@rollcall/core';

/** Every adapter that was loaded, by kind and id. Filled once, by `AdaptersModule`. */
export class AdapterRegistry {
  private readonly sourcesById: ReadonlyMap<string, SourceAdapter>;
  private readonly targetsById: ReadonlyMap<string, TargetAdapter>;

  constructor(sources: readonly SourceAdapter[], targets: readonly TargetAdapter[]) {
    this.sourcesById = new Map(sources.map((adapter) => [adapter.id, adapter]));
    this.targetsById = new Map(inDependencyOrder(targets).map((adapter) => [adapter.id, adapter]));
  }

  sources(): SourceAdapter[] {
    return [...this.sourcesById.values()];
  }

  /** In the order in which they must be applied. */
  targets(): TargetAdapter[] {
    return [...this.targetsById.values()];
  }

  source(id: string): SourceAdapter {
    const adapter = this.sourcesById.get(id);
    if (adapter) return adapter;
    throw new RollcallError(
      'adapter_missing',
      `The source adapter "${id}" is not installed. Install its package and name it in ROLLCALL_ADAPTERS.`,
    );
  }

  hasSource(id: string): boolean {
    return this.sourcesById.has(id);
  }

  target(id: string): TargetAdapter {
    const adapter = this.targetsById.get(id);
    if (adapter) return adapter;
    throw new RollcallError(
      'adapter_missing',
      `The target adapter "${id}" is not installed. Install its package and name it in ROLLCALL_ADAPTERS.`,
    );
  }
}

/** Depth first along `after`; a circle or an unknown name refuses to boot. */
function inDependencyOrder(targets: readonly TargetAdapter[]): TargetAdapter[] {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const ordered = new Set<TargetAdapter>();
  const visit = (target: TargetAdapter, path: readonly string[]): void => {
    if (ordered.has(target)) return;
    if (path.includes(target.id)) {
      throw new RollcallError(
        'adapter_invalid',
        `Targets wait for each other in a circle: ${[...path, target.id].join(' → ')}. Remove one of their "after".`,
      );
    }
    for (const id of target.after ?? []) {
      const dependency = byId.get(id);
      if (!dependency) {
        throw new RollcallError(
          'adapter_invalid',
          `The target "${target.id}" comes after "${id}", which is not installed. Install it, or correct "after".`,
        );
      }
      visit(dependency, [...path, target.id]);
    }
    ordered.add(target);
  };
  for (const target of targets) visit(target, []);
  return [...ordered];
}
