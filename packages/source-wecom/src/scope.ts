import type { WecomDepartment } from './departments';

/** Which departments are to be read: the chosen ones with everything below them, or all. Holds ids only. */
export class Scope {
  private readonly parents = new Map<number, number>();
  private readonly chosen: ReadonlySet<number> | undefined;
  private readonly known = new Map<number, boolean>();

  /** `tree`: every department that can be seen, by whichever secret sees most. */
  constructor(chosen: readonly number[] | undefined, tree: readonly Pick<WecomDepartment, 'id' | 'parentid'>[]) {
    this.chosen = chosen && chosen.length > 0 ? new Set(chosen) : undefined;
    for (const { id, parentid } of tree) this.parents.set(id, parentid);
  }

  /** An admin chose some departments. */
  get isChosen(): boolean {
    return this.chosen !== undefined;
  }

  /** Whether a department is to be read. Without a choice, also one that cannot be seen. */
  has(id: number): boolean {
    if (!this.chosen) return true;
    const decided = this.known.get(id);
    if (decided !== undefined) return decided;
    this.known.set(id, false); // Ends a circle, should there ever be one.
    const parent = this.parents.get(id);
    const inside = this.chosen.has(id) || (parent !== undefined && parent !== 0 && this.has(parent));
    this.known.set(id, inside);
    return inside;
  }

  /** What was chosen and is not among `visible`. */
  unseen(visible: { has(id: number): boolean }): number[] {
    return [...(this.chosen ?? [])].filter((id) => !visible.has(id));
  }
}
