// Everything that can be switched, at the start and later. README.md says what each is for.

const KINDS = ['app', 'contacts'];

/** A corp that was created today. */
const DEFAULTS = {
  appCreated: 'after',
  ipIsNew: true,
  trustedIps: { app: ['127.0.0.1'], contacts: ['127.0.0.1'] },
  trustedIpDelaySeconds: 0,
  callerIp: null,
  visibleRange: { departments: [1], users: [], tags: [] },
  fetchChild: false,
  hiddenFields: 'absent',
  leftMembers: 'listed',
  outsideRangeErrcode: 60111,
  appDisabled: false,
  apiEdit: true,
  strictMethods: false,
  tokenLifeSeconds: 7_200,
  tokenReuse: true,
  latencyMs: 0,
  limits: {
    perMinute: 10_000,
    perHour: 150_000,
    ipPerMinute: 20_000,
    ipPerHour: 600_000,
    debugPerMinute: 5,
    wrongSecretsPerHour: 2_000,
    wrongPhonesShare: 0.2,
    parallel: 5,
    minuteMs: 60_000,
    hourMs: 3_600_000,
  },
  pages: { userListMax: 10_000, listId: 10_000, emptyPages: false, cursorSeconds: 3_600, exportBlock: 1_000_000 },
  exports: { waitingMs: 200, processingMs: 500, fail: false, fileSeconds: 7_200 },
  callbacks: {
    form: 'short',
    body: 'xml',
    agentId: 'empty',
    shortName: 'missing',
    addTriple: true,
    rawPlus: false,
    resign: false,
    verifyTimeoutMs: 1_000,
    timeoutMs: 5_000,
    retries: 3,
    retryDelayMs: 1_000,
    parallel: 8,
    pauseMs: 0,
    hold: false,
    duplicate: 0,
    drop: 0,
    reorder: 0,
    reorderMs: 200,
  },
};

const CHOICES = {
  appCreated: ['before', 'after'],
  hiddenFields: ['absent', 'empty'],
  leftMembers: ['listed', 'hidden'],
  outsideRangeErrcode: [60111, 60011, 60021],
  'callbacks.form': ['short', 'long'],
  'callbacks.body': ['xml', 'json'],
  'callbacks.agentId': ['empty', 'zero', 'missing'],
  'callbacks.shortName': ['missing', 'empty'],
};

/** Texts, or `null` for a list that was never set. */
const NULLABLE = new Set(['callerIp', 'trustedIps.app', 'trustedIps.contacts']);

/** The switches of a fake. Read `values`; change them with `change`. */
export class Settings {
  values = structuredClone(DEFAULTS);
  #clock;
  #listeners = [];
  #ipsBefore;
  #ipsSince = -Infinity;

  constructor(clock) {
    this.#clock = clock;
  }

  /** Takes over what `patch` names, group by group; lists are replaced. Throws when it names what does not exist. */
  change(patch) {
    const before = this.values;
    const after = merged(before, patch, '');
    if (patch.trustedIps !== undefined) {
      this.#ipsBefore = before.trustedIps;
      this.#ipsSince = this.#clock.now();
    }
    this.values = after;
    for (const listener of this.#listeners) listener(after, before);
    return after;
  }

  /** Back to a corp that was created today. */
  reset() {
    return this.change(structuredClone(DEFAULTS));
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** The trusted addresses of a secret, or null when no list is set. A new list works only after a while. */
  trustedIps(kind) {
    const { trustedIps, trustedIpDelaySeconds } = this.values;
    const isOld = this.#clock.now() - this.#ipsSince >= trustedIpDelaySeconds * 1_000;
    return (isOld ? trustedIps : this.#ipsBefore)[kind];
  }
}

export function isKind(value) {
  return KINDS.includes(value);
}

function merged(current, patch, path) {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw new Error(`Settings are an object, and ${path || 'this'} is none.`);
  }
  const result = { ...current };
  for (const [name, value] of Object.entries(patch)) {
    const key = path ? `${path}.${name}` : name;
    if (!Object.hasOwn(current, name)) throw new Error(`There is no setting "${key}".`);
    result[name] = isGroup(current[name]) ? merged(current[name], value, key) : checked(key, value, defaultOf(key));
  }
  return result;
}

function isGroup(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function defaultOf(key) {
  return key.split('.').reduce((group, name) => group[name], DEFAULTS);
}

function checked(key, value, byDefault) {
  const choices = CHOICES[key];
  if (choices && !choices.includes(value)) throw new Error(`"${key}" is one of ${choices.join(', ')}.`);
  if (value === null && NULLABLE.has(key)) return value;
  if (Array.isArray(byDefault) !== Array.isArray(value)) throw new Error(`"${key}" has another type.`);
  if (byDefault !== null && typeof value !== typeof byDefault) throw new Error(`"${key}" is a ${typeof byDefault}.`);
  if (byDefault === null && typeof value !== 'string') throw new Error(`"${key}" is a string or null.`);
  if (typeof value === 'number' && !(value >= 0)) throw new Error(`"${key}" is a number from 0.`);
  return value;
}
