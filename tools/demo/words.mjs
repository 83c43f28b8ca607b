// What the demo and the burst say of tasks and times.

/** `users: 2 created, 1 updated; departments: 1 updated`. */
export function inWords(counts) {
  const targets = Object.entries(counts).flatMap(([name, kinds]) => {
    const said = Object.entries(kinds).filter(([kind, n]) => n > 0 && kind !== 'unchanged');
    return said.length > 0 ? [`${name}: ${said.map(([kind, n]) => `${n} ${kind}`).join(', ')}`] : [];
  });
  return targets.join('; ') || 'nothing was to do';
}

/** Since `began`, in milliseconds of the clock: `12.3`. */
export function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}
