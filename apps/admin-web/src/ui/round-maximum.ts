/** The top of a scale that holds `value`: a round figure, half of which is round, too, and whole when `value` is. */
export function roundMaximum(value: number): number {
  if (!(value > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const top = ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
  return top === 1 ? 2 : top;
}
