// Runs in a thread of its own: evaluates expressions that an admin wrote over answers that another system sent. Neither is
// trusted to come to an end, so the thread can be ended from outside at any moment. JavaScript, because Node loads this
// file itself, from the sources under test as well.
'use strict';

const { hash } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');
const jsonata = require('jsonata');

/** Of one evaluation. They make a wrong expression fail early; what they do not see ends with the thread. */
const BOUNDS = { timeout: 10_000, stack: 500, sequence: 1_000_000 };

/** What JSONata says when one of them is reached. */
const BOUND_CODES = new Set(['D1011', 'D1012', 'D2015']);

/** The largest result in characters of its JSON text. */
const RESULT_MAX = 128 * 1024 * 1024;

/** What is wrong, as the other side reports it: `field` names the expression, when it is one. */
class Problem extends Error {
  /**
   * @param {'charset' | 'json' | 'list' | 'expression' | 'size'} kind
   * @param {string} message
   * @param {string} [field]
   * @param {boolean} [isEndless] a bound was reached: the next record would take as long
   */
  constructor(kind, message, field, isEndless = false) {
    super(message);
    this.kind = kind;
    this.field = field;
    this.isEndless = isEndless;
  }
}

/** @type {Map<string, import('jsonata').Expression>} */
const compiled = new Map();

/** Where the other side sees which option is being worked out, as UTF-8 behind its length: it cannot ask a stuck thread. */
const { length: currentLength, text: currentText } = /** @type {{ length: Int32Array, text: Uint8Array }} */ (
  workerData
);
const encoder = new TextEncoder();

/** @param {string} field */
function announce(field) {
  Atomics.store(currentLength, 0, encoder.encodeInto(field, currentText).written);
}

/** The option that says where the records of an endpoint are. */
const RECORDS = /^[^/]+\/records$/;

/**
 * @param {string} field
 * @param {string} text
 */
function compile(field, text) {
  let expression = compiled.get(text);
  if (!expression) {
    try {
      expression = jsonata(text, BOUNDS);
    } catch (error) {
      throw new Problem('expression', describe(error, true), field);
    }
    compiled.set(text, expression);
  }
  if (RECORDS.test(field) && alwaysMakesList(expression.ast())) throw new Problem('expression', ALWAYS_A_LIST, field);
  return expression;
}

const ALWAYS_A_LIST =
  'with [ ] around it, an answer without the list looks like an empty one; write items[] instead of [items], or ask first whether $exists(items)';

/**
 * Whether an expression begins with [ ]: of an answer that has nothing there, such as an error, it would still make a list.
 *
 * @param {import('jsonata').ExprNode | undefined} node
 * @returns {boolean}
 */
function alwaysMakesList(node) {
  switch (/** @type {string | undefined} */ (node?.type)) {
    case 'unary':
      return node?.value === '[';
    case 'path':
      return alwaysMakesList(node?.steps?.[0]);
    case 'block':
      return alwaysMakesList(node?.expressions?.at(-1));
    default:
      return false;
  }
}

/**
 * @param {string} field
 * @param {string} text
 * @param {unknown} input
 * @param {Record<string, unknown>} [variables]
 */
async function evaluate(field, text, input, variables) {
  const expression = compile(field, text);
  announce(field);
  try {
    return /** @type {unknown} */ (await expression.evaluate(input, variables));
  } catch (error) {
    throw new Problem('expression', describe(error, false), field, isBound(error));
  }
}

/**
 * A bound of ours, or one of JavaScript's, which has no code: the next record would end there, too.
 *
 * @param {unknown} error
 */
function isBound(error) {
  const { code } = /** @type {Record<string, unknown>} */ (Object(error));
  return typeof code !== 'string' || BOUND_CODES.has(code);
}

/**
 * JSONata throws plain objects. While it evaluates, its message may quote a value, which is somebody's data.
 *
 * @param {unknown} error
 * @param {boolean} compiling
 */
function describe(error, compiling) {
  const { code, position, message, value, value2 } = /** @type {Record<string, unknown>} */ (Object(error));
  const known = compiling || BOUND_CODES.has(String(code)) || (value === undefined && value2 === undefined);
  const told = known && code !== undefined && typeof message === 'string';
  const what = told ? message.replace(/[.\s]+$/, '') : 'it cannot be worked out';
  const where = typeof position === 'number' ? ` at character ${position}` : '';
  return `${what}${where}${typeof code === 'string' ? ` (${code})` : ''}`;
}

/**
 * JSON is UTF-8. What is not may be in the charset that the answer names; what is in neither is not guessed at: signs that
 * stand for others would be stored as somebody's name.
 *
 * @param {Uint8Array} bytes
 * @param {string | undefined} charset
 */
function decode(bytes, charset) {
  for (const label of charset === undefined ? ['utf-8'] : ['utf-8', charset]) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // In another one, or in one that nobody knows.
      continue;
    }
  }
  throw new Problem('charset', 'no text');
}

/**
 * @param {Uint8Array} bytes
 * @param {string | undefined} charset
 */
function parse(bytes, charset) {
  const text = decode(bytes, charset);
  try {
    return /** @type {unknown} */ (JSON.parse(text));
  } catch {
    throw new Problem('json', 'no JSON');
  }
}

/** @typedef {{ name: string, field: string, text: string, list: boolean }} FieldPlan */
/** @typedef {{ field: string, text: string }} ExpressionPlan */
/**
 * @typedef {object} PagePlan
 * @property {ExpressionPlan} records
 * @property {ExpressionPlan | undefined} where
 * @property {FieldPlan[]} fields
 * @property {boolean} clearMissing
 * @property {Record<string, ExpressionPlan>} about
 */

/**
 * @param {PagePlan} plan
 * @param {Uint8Array} bytes
 * @param {string | undefined} charset
 */
async function evaluatePage({ records: list, where, fields, clearMissing, about }, bytes, charset) {
  const answer = parse(bytes, charset);
  const found = await evaluate(list.field, list.text, answer);
  if (!Array.isArray(found)) throw new Problem('list', found === undefined ? 'nothing' : 'no list', list.field);
  const records = [];
  const failed = [];
  const uids = [];
  for (const raw of found) {
    /** @type {Record<string, unknown>} */
    const record = Object.create(null);
    let at = '';
    try {
      if (where && !(await isTrue(await evaluate(where.field, where.text, raw)))) {
        uids.push(textOf(await uidOf(fields, raw)));
        continue;
      }
      for (const { name, field, text, list: wantsList } of fields) {
        at = name;
        const value = await evaluate(field, text, raw);
        if (value !== undefined) record[name] = wantsList && value !== null && !Array.isArray(value) ? [value] : value;
        else if (clearMissing) record[name] = null;
      }
      records.push(record);
      uids.push(textOf(record.uid));
    } catch (error) {
      if (!(error instanceof Problem) || error.isEndless) throw error;
      const { kind, message, field } = error;
      const uid = await uidOf(fields, raw);
      failed.push({ uid, name: at, problem: { kind, message, field } });
      uids.push(textOf(uid));
    }
  }
  /** @type {Record<string, unknown>} */
  const said = {};
  for (const [name, { field, text }] of Object.entries(about)) said[name] = await evaluate(field, text, answer);
  const names = namesIn(found.slice(0, LOOKED_AT));
  // Where there are no uids, pages differ by what they hold.
  const fingerprint = hash('sha1', JSON.stringify(uids.map((uid, index) => uid ?? { raw: found[index] })));
  return { found: found.length, names, records, failed, said, uids, fingerprint };
}

/** So many records tell which fields there are; a page may have very many. */
const LOOKED_AT = 100;

/**
 * The fields of records as they came, in the order in which they appear.
 *
 * @param {unknown[]} records
 */
function namesIn(records) {
  const objects = records.filter((record) => typeof record === 'object' && record !== null && !Array.isArray(record));
  return [...new Set(objects.flatMap((record) => Object.keys(/** @type {object} */ (record))))];
}

const BOOLEAN = jsonata('$boolean($it)');

/**
 * As JSONata itself takes it: an empty list, or a list of nothing but false, is not true.
 *
 * @param {unknown} it
 */
async function isTrue(it) {
  if (it === undefined || typeof it === 'boolean') return it === true;
  return (await BOOLEAN.evaluate(null, { it })) === true;
}

/**
 * A uid as it is compared: numbers are the same as their text, and null is none.
 *
 * @param {unknown} uid
 */
function textOf(uid) {
  return (typeof uid === 'string' && uid !== '') || typeof uid === 'number' ? String(uid) : null;
}

/**
 * The uid of one of which not everything can be worked out; undefined when that cannot be, either.
 *
 * @param {FieldPlan[]} fields
 * @param {unknown} raw
 */
async function uidOf(fields, raw) {
  const plan = fields.find(({ name, field }) => name === 'uid' && field.endsWith('/fields/uid'));
  if (!plan) return undefined;
  try {
    return await evaluate(plan.field, plan.text, raw);
  } catch (error) {
    if (error instanceof Problem && !error.isEndless) return undefined;
    throw error;
  }
}

/** @typedef {{ kind: 'compile', expressions: ExpressionPlan[] }} CompileJob */
/** @typedef {{ kind: 'value', expression: ExpressionPlan, variables: Record<string, unknown> }} ValueJob */
/** @typedef {{ kind: 'page', plan: PagePlan, body: Uint8Array, charset: string | undefined }} PageJob */

/** @param {CompileJob | ValueJob | PageJob} job */
async function work(job) {
  announce('');
  switch (job.kind) {
    case 'compile':
      for (const { field, text } of job.expressions) compile(field, text);
      return null;
    case 'value':
      return evaluate(job.expression.field, job.expression.text, null, job.variables);
    case 'page':
      return evaluatePage(job.plan, job.body, job.charset);
  }
}

/**
 * A result as JSON text: functions, which JSONata can return as well, are lost on the way.
 *
 * @param {CompileJob | ValueJob | PageJob} job
 */
async function answerTo(job) {
  try {
    const text = JSON.stringify((await work(job)) ?? null);
    if (text.length > RESULT_MAX) throw new Problem('size', 'too large');
    return { text };
  } catch (error) {
    if (error instanceof Problem) return { problem: { kind: error.kind, message: error.message, field: error.field } };
    // JSON that is nested too deeply, or a text that became too long.
    return { problem: { kind: 'size', message: 'too large or nested too deeply', field: undefined } };
  }
}

parentPort?.on('message', (job) => {
  void answerTo(job).then((answer) => parentPort?.postMessage(answer));
});
