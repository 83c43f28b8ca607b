const KINDS = ['errcode', 'reset', 'cut', 'hang', 'status', 'html', 'truncated', 'empty', 'no_errcode', 'slow'];

/**
 * The plan of what goes wrong. A rule:
 *
 * - `endpoint`: like `user/list`, or `*`; `secret`: `app` or `contacts`; `query`: parameters that a call must have;
 * - `from`: the first call that it hits, counted since the rule was made (1 when absent); `times`: how many from there
 *   (1 when absent, `null` for ever); `every`: only each n-th of them;
 * - `kind`: `errcode` (with `errcode`, also `errmsg`), `reset` (no answer, the connection is reset), `cut` (the connection
 *   ends within the answer), `hang` (no answer at all), `status` (with `status`: 5xx with an HTML page), `html` (a page with
 *   status 200), `truncated` (half of the JSON, correctly sent), `empty` (success with empty lists), `no_errcode` (success
 *   without errcode), `slow` (with `ms`).
 */
export class Faults {
  #rules = [];
  #nextId = 1;

  add(rule) {
    const { kind, errcode, status, ms, endpoint = '*', from = 1, times = 1, every = 1 } = rule;
    if (!KINDS.includes(kind)) throw new Error(`A fault's kind is one of ${KINDS.join(', ')}.`);
    if (kind === 'errcode' && !Number.isInteger(errcode)) throw new Error('A fault of kind errcode needs an errcode.');
    if (kind === 'status' && !Number.isInteger(status)) throw new Error('A fault of kind status needs a status.');
    if (kind === 'slow' && !(ms >= 0)) throw new Error('A fault of kind slow needs ms.');
    const kept = { ...rule, id: this.#nextId++, endpoint, from, times, every, calls: 0, hits: 0 };
    this.#rules.push(kept);
    return { ...kept };
  }

  list() {
    return this.#rules.map((rule) => ({ ...rule }));
  }

  /** One rule, or all. */
  clear(id) {
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
  }

  /** The fault of this call, if it has one. Every rule that the call matches counts it; the first that is due hits. */
  next(endpoint, secret, query) {
    let hit;
    for (const rule of this.#rules) {
      if (!matches(rule, endpoint, secret, query)) continue;
      rule.calls++;
      if (hit || !isDue(rule)) continue;
      rule.hits++;
      hit = rule;
    }
    return hit;
  }
}

function matches(rule, endpoint, secret, query) {
  if (rule.endpoint !== '*' && rule.endpoint !== endpoint) return false;
  if (rule.secret && rule.secret !== secret) return false;
  return Object.entries(rule.query ?? {}).every(([name, value]) => query.get(name) === String(value));
}

function isDue({ calls, hits, from, times, every }) {
  return calls >= from && (calls - from) % every === 0 && (times === null || hits < times);
}
