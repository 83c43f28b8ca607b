/** Collects the parameters of a statement that is put together from parts: `add(7)` → `$3`. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}
