import { Ajv2020, type Options as AjvOptions, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ConfigSchema } from '../contract';
import type { ErrorDetail, RuleParams } from '../errors';

export type Options = Record<string, unknown>;

const compiled = new WeakMap<ConfigSchema, ValidateFunction>();

/** Knows whether a schema is one. A single instance, because it takes long to compile what JSON Schema says of itself. */
let grammar: Ajv2020 | undefined;

/** An instance for each schema, so that two adapters may use one `$id`. Throws for what is no schema. */
function compile(schema: ConfigSchema): ValidateFunction {
  grammar ??= ajvWith({});
  // A promise only for schemas with `$async`, which JSON Schema's own is not.
  void grammar.validateSchema(schema, true);
  return ajvWith({ validateSchema: false }).compile(schema);
}

function ajvWith(options: AjvOptions): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    // It would refuse what is usual in conditions, `then: { required: […] }` of what stands above; see unknownRequired.
    strictRequired: false,
    allErrors: true,
    useDefaults: true,
    // Errors carry the rule that was broken, which says what is wanted instead.
    verbose: true,
    logger: false,
    ...options,
  });
  addFormats(ajv);
  ajv.addKeyword({
    keyword: 'x-when',
    metaSchema: { type: 'object', minProperties: 1, additionalProperties: { type: 'array', minItems: 1 } },
  });
  ajv.addKeyword({ keyword: 'x-advanced', metaSchema: { type: 'boolean' } });
  return ajv;
}

function validatorOf(schema: ConfigSchema): ValidateFunction {
  let validate = compiled.get(schema);
  if (!validate) compiled.set(schema, (validate = compile(schema)));
  return validate;
}

/** Checks options; `base` is the JSON pointer at which they stand in the request. */
export function validateOptions(schema: ConfigSchema, options: Options, base = '/options'): ErrorDetail[] {
  const validate = validatorOf(schema);
  if (validate(structuredClone(options))) return [];
  return tellingErrors(validate.errors ?? []).map((error) => toDetail(error, base));
}

/**
 * The errors that say what to mend: not those of a keyword around others, and of alternatives that all fail those of the one
 * that comes nearest.
 */
function tellingErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const within = (path: string): ErrorObject[] => errors.filter(({ schemaPath }) => schemaPath.startsWith(`${path}/`));
  const untelling = new Set<ErrorObject>();
  for (const error of errors) {
    const { keyword, schemaPath } = error;
    // What is wrong with a name is told by the rule for names.
    if (keyword === 'propertyNames') untelling.add(error);
    const around = schemaPath.replace(/\/if$/, '');
    if (keyword === 'if' && ['then', 'else'].some((part) => within(`${around}/${part}`).length > 0))
      untelling.add(error);
    if (keyword !== 'oneOf' && keyword !== 'anyOf') continue;
    const alternatives = Array.isArray(error.schema) ? error.schema.map((_, n) => within(`${schemaPath}/${n}`)) : [];
    const [nearest] = alternatives.filter(({ length }) => length > 0).sort(byDistance);
    if (!nearest) continue;
    for (const one of [error, ...alternatives.flat()]) if (!nearest.includes(one)) untelling.add(one);
  }
  return errors.filter((error) => !untelling.has(error));
}

/** Of as many errors, those come nearer of which fewer say that another value was chosen, so another alternative is meant. */
function byDistance(one: readonly ErrorObject[], other: readonly ErrorObject[]): number {
  const chosenOtherwise = (errors: readonly ErrorObject[]): number =>
    errors.filter(({ keyword }) => keyword === 'const' || keyword === 'enum').length;
  return one.length - other.length || chosenOtherwise(one) - chosenOtherwise(other);
}

/** The options as an adapter gets them: what is stored, over the defaults of the schema. */
export function withDefaults(schema: ConfigSchema, options: Options): Options {
  const filled = structuredClone(options);
  validatorOf(schema)(filled);
  return filled;
}

function toDetail(error: ErrorObject, base: string): ErrorDetail {
  const at = `${base}${error.instancePath}${error.propertyName === undefined ? '' : `/${escapePointer(error.propertyName)}`}`;
  const params = error.params as Readonly<Record<string, unknown>>;
  const unknown = params['additionalProperty'] ?? params['unevaluatedProperty'];
  if (typeof unknown === 'string') {
    return { pointer: `${at}/${escapePointer(unknown)}`, code: 'unknown_field', message: 'is not a known option' };
  }
  if (typeof params['missingProperty'] === 'string') {
    return { pointer: `${at}/${escapePointer(params['missingProperty'])}`, code: 'required', message: 'is required' };
  }
  const asked = paramsOf(error);
  return { pointer: at, code: error.keyword, message: messageOf(error), ...(asked && { params: asked }) };
}

/** Undefined where the rule asks for nothing that a few values say. */
function paramsOf({ params }: ErrorObject): RuleParams | undefined {
  const { limit, multipleOf, type, allowedValues } = params as RuleParams;
  const asked = { limit, multipleOf, type, allowedValues };
  const known = Object.entries(asked).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** What is wanted, not only which keyword of the schema is broken. */
function messageOf({ keyword, message = 'is invalid', params, schema, parentSchema }: ErrorObject): string {
  const { allowedValues, limit } = params as { allowedValues?: unknown; limit?: unknown };
  if (Array.isArray(allowedValues)) return `${message}: ${allowedValues.join(', ')}`;
  if (keyword === 'not') {
    const { enum: taken } = members(schema);
    if (Array.isArray(taken)) return `must be none of: ${taken.join(', ')}`;
  }
  if (keyword === 'minLength' && limit === 1) return 'must not be empty';
  if (keyword !== 'pattern' && keyword !== 'format' && keyword !== 'not') return message;
  const { description } = members(parentSchema);
  if (typeof description !== 'string') return message;
  return `${keyword === 'not' ? 'is not allowed' : message}: ${description}`;
}

/** Names of the options that are secret: encrypted at rest, never returned. */
export function secretNames(schema: ConfigSchema): string[] {
  return Object.entries(members(schema['properties'])).flatMap(([name, property]) =>
    members(property)['writeOnly'] === true ? [name] : [],
  );
}

/** What an option is called in forms. */
export function titleOf(schema: ConfigSchema, name: string): string {
  const { title } = members(members(schema['properties'])[name]);
  return typeof title === 'string' ? title : name;
}

/** What is wrong with a schema, for the author of the adapter; empty when nothing is. */
export function schemaProblems(schema: unknown): string[] {
  if (members(schema)['type'] !== 'object') return ['configSchema must be a JSON Schema with "type": "object"'];
  const problems: string[] = [];
  if (members(schema)['additionalProperties'] !== false && members(schema)['unevaluatedProperties'] !== false) {
    problems.push('configSchema must have "additionalProperties": false, so that a misspelt option is noticed');
  }
  for (const [name, property] of Object.entries(members(members(schema)['properties']))) {
    problems.push(...secretProblems(name, members(property)));
  }
  for (const name of unknownRequired(members(schema))) {
    problems.push(`configSchema requires "${name}", which is none of its properties`);
  }
  const nested = nestedSecret(schema, []);
  if (nested) problems.push(`configSchema: the secret ${nested} must be an option of the top level`);
  try {
    validatorOf(schema as ConfigSchema);
  } catch (error) {
    problems.push(`configSchema does not compile: ${error instanceof Error ? error.message : String(error)}`);
  }
  return problems;
}

/** What a misspelt name makes of a schema: no options are right. Where parts are put together they may be in another one. */
function unknownRequired({ required, properties, allOf, oneOf, anyOf, if: condition }: Options): string[] {
  const isWhole = [allOf, oneOf, anyOf, condition].every((part) => part === undefined);
  if (!isWhole || !Array.isArray(required)) return [];
  return required.filter((name): name is string => typeof name === 'string' && !(name in members(properties)));
}

function secretProblems(name: string, property: Options): string[] {
  const writeOnly = property['writeOnly'] === true;
  const password = property['format'] === 'password';
  if (!writeOnly && !password) return [];
  const problems: string[] = [];
  if (!writeOnly || !password) {
    problems.push(`configSchema: the secret "${name}" needs both "writeOnly": true and "format": "password"`);
  }
  if (property['type'] !== 'string') problems.push(`configSchema: the secret "${name}" must have "type": "string"`);
  if ('default' in property) problems.push(`configSchema: the secret "${name}" must not have a default`);
  return problems;
}

/** Where a secret hides below the top level, where it would be stored and returned in clear. */
function nestedSecret(node: unknown, path: readonly string[]): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { writeOnly, format } = node as { writeOnly?: unknown; format?: unknown };
  const topLevel = path.length === 2 && path[0] === 'properties';
  if ((writeOnly === true || format === 'password') && !topLevel) return `/${path.join('/')}`;
  for (const [key, child] of Object.entries(node)) {
    const found = nestedSecret(child, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

function members(value: unknown): Options {
  return typeof value === 'object' && value !== null ? (value as Options) : {};
}

/** The secrets among options in clear: what must not get into a message or a log line. */
export function secretValues(schema: ConfigSchema, options: Options): string[] {
  return secretNames(schema).flatMap((name) => {
    const value = options[name];
    return typeof value === 'string' ? [value] : [];
  });
}

/** One part of a JSON pointer (RFC 6901). */
function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
