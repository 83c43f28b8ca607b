import { RollcallError, type TargetAdapter } from '@rollcall/core';

/**
 * Targets in the order in which they must be applied: depth first along `after`. A circle, or a target that is not
 * installed, is an error whose `field` is the id of a target at fault.
 */
export function inDependencyOrder(targets: readonly TargetAdapter[]): TargetAdapter[] {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const ordered = new Set<TargetAdapter>();
  const visit = (target: TargetAdapter, path: readonly string[]): void => {
    if (ordered.has(target)) return;
    if (path.includes(target.id)) {
      throw new RollcallError(
        'adapter_invalid',
        `Targets wait for each other in a circle: ${[...path, target.id].join(' → ')}. Remove one of their "after".`,
        { field: path.at(-1) ?? target.id },
      );
    }
    for (const id of target.after ?? []) {
      const dependency = byId.get(id);
      if (!dependency) {
        throw new RollcallError(
          'adapter_invalid',
          `The target "${target.id}" comes after "${id}", which is not installed. Install it, or correct "after".`,
          { field: target.id },
        );
      }
      visit(dependency, [...path, target.id]);
    }
    ordered.add(target);
  };
  for (const target of targets) visit(target, []);
  return [...ordered];
}
