/** What a new source is called at first: after its kind, with a number where that is taken. A push source wants a name of its own. */
export function freeName(type: string, taken: readonly string[]): string {
  if (type === 'push') return '';
  for (let number = 1; ; number++) {
    const name = number === 1 ? type : `${type}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
