import type { Adapter } from '../adapter';
import type { AdapterKind } from '../contract';
import { DATA_TYPES } from '../records';
import { schemaProblems } from './config-schema';
import { isObject } from './is-object';
import { textProblems } from './text-problems';

export const ADAPTER_ID = /^[a-z][a-z0-9-]{0,62}$/;

type Members = Readonly<Record<string, unknown>>;

/** What is wrong with the shape of an exported adapter, for its author; empty when nothing is. */
export function adapterProblems(adapter: unknown): string[] {
  if (!isObject(adapter)) return ['it is not an object: make it with defineSource({…}) or defineTarget({…})'];
  const kind = adapter['kind'];
  if (!isKind(kind)) return ['its kind is neither "source" nor "target": make it with defineSource or defineTarget'];
  return [
    ...commonProblems(adapter),
    ...schemaProblems(adapter['configSchema']),
    ...(kind === 'source' ? sourceProblems(adapter) : targetProblems(adapter)),
  ];
}

export function isAdapter(value: unknown): value is Adapter {
  return adapterProblems(value).length === 0;
}

export function isKind(value: unknown): value is AdapterKind {
  return value === 'source' || value === 'target';
}

function commonProblems(adapter: Members): string[] {
  const { id, title, version } = adapter as { id: unknown; title: unknown; version: unknown };
  return [
    ...unless(typeof id === 'string' && ADAPTER_ID.test(id), 'its id must be lower-case letters, digits and dashes'),
    ...unless(isText(title), 'its title must be a text for admins'),
    ...unless(
      adapter['description'] === undefined || isText(adapter['description']),
      'its description must be a sentence for admins',
    ),
    ...textProblems(adapter),
    ...unless(isText(version), 'its version must be a text like "1.0.0"'),
    ...optionalFunction(adapter, 'check'),
    ...versionProblems(adapter),
  ];
}

function versionProblems({ optionsVersion = 1, migrateOptions }: Members): string[] {
  if (!Number.isSafeInteger(optionsVersion) || Number(optionsVersion) < 1) {
    return ['its optionsVersion must be a whole number from 1'];
  }
  return unless(
    typeof migrateOptions === 'function' || (migrateOptions === undefined && optionsVersion === 1),
    'it has an optionsVersion above 1 and no function migrateOptions: options that were stored before could not be read',
  );
}

function sourceProblems(source: Members): string[] {
  const { uidCase, incremental, pull } = source as { uidCase: unknown; incremental: unknown; pull: unknown };
  return [
    ...optionalFunction(source, 'pull'),
    ...unless(
      uidCase === undefined || uidCase === 'sensitive' || uidCase === 'insensitive',
      'its uidCase must be "sensitive" or "insensitive"',
    ),
    ...unless(incremental === undefined || typeof incremental === 'boolean', 'incremental must be true or false'),
    ...eventProblems(source),
    ...unless(incremental !== true || pull !== undefined, 'it says incremental but has no pull'),
  ];
}

function eventProblems({ events, pull }: Members): string[] {
  if (events === undefined) return [];
  const { receive, read, needs } = isObject(events) ? events : {};
  return [
    ...unless(
      typeof receive === 'function' && typeof read === 'function',
      'its events must be {receive, read}, two functions',
    ),
    ...unless(needs === undefined || isListOf(needs, isText), 'needs of its events must be a list of options'),
    ...unless(
      pull !== undefined,
      'it has events but no pull: events get lost, only a full read tells what they missed',
    ),
  ];
}

function targetProblems(target: Members): string[] {
  const { apply, applyRows, after, dataTypes, tables, resources } = target as Record<string, unknown>;
  const common = unless(after === undefined || isListOf(after, isText), 'after must be a list of target ids');
  if (applyRows === undefined) {
    return [
      ...unless(typeof apply === 'function', 'it has neither apply (for tables here) nor applyRows (for elsewhere)'),
      ...optionalFunction(target, 'purge'),
      ...common,
      ...dataTypeProblems(dataTypes, (name, rules) => ownershipProblems(name, rules, resources)),
      ...tableProblems(tables),
    ];
  }
  return [
    ...unless(typeof applyRows === 'function', 'applyRows must be a function'),
    ...unless(apply === undefined, 'it has both apply and applyRows: a target keeps its resources here or elsewhere'),
    ...unless(tables === undefined && resources === undefined, 'with applyRows it cannot have tables or resources'),
    ...common,
    ...dataTypeProblems(dataTypes, () => []),
  ];
}

function dataTypeProblems(dataTypes: unknown, more: (name: string, rules: Members) => string[]): string[] {
  if (!isObject(dataTypes) || Object.keys(dataTypes).length === 0) {
    return [`its dataTypes must name what it reads: ${DATA_TYPES.join(', ')}`];
  }
  return Object.entries(dataTypes).flatMap(([name, value]) => {
    const rules = isObject(value) ? value : {};
    const { fields, canDisable } = rules;
    const selection = isObject(fields) ? (fields['only'] ?? fields['except']) : undefined;
    return [
      ...unless((DATA_TYPES as readonly string[]).includes(name), `there is no dataType "${name}"`),
      ...unless(isListOf(selection, isText), `dataTypes.${name}.fields must be {only: […]} or {except: […]}`),
      ...unless(typeof canDisable === 'boolean', `dataTypes.${name}.canDisable must be true or false`),
      ...more(name, rules),
    ];
  });
}

function ownershipProblems(name: string, { owns }: Members, resources: unknown): string[] {
  const resource = isObject(resources) ? resources[name] : undefined;
  return [
    ...unless(typeof owns === 'boolean', `dataTypes.${name}.owns must be true or false`),
    ...unless(
      owns !== true || (isObject(resource) && isText(resource['table']) && isText(resource['newId'])),
      `resources.${name} must name the table and newId of what the target owns`,
    ),
  ];
}

function tableProblems(tables: unknown): string[] {
  const { entities, migrations } = isObject(tables) ? tables : {};
  if (!isListOf(entities, isClass) || !isListOf(migrations, isClass)) {
    return ['its tables must hold the lists of entities and migrations, which may be empty'];
  }
  const unnamed = migrations.find((migration) => !/\d{13}$/.test(migration.name));
  return unless(
    !unnamed,
    `the migration ${unnamed?.name ?? ''} must end in a timestamp of 13 digits, as TypeORM wants`,
  );
}

function unless(condition: boolean, problem: string): string[] {
  return condition ? [] : [problem];
}

function optionalFunction(adapter: Members, name: string): string[] {
  return unless(adapter[name] === undefined || typeof adapter[name] === 'function', `${name} must be a function`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isClass(value: unknown): value is { name: string } {
  return typeof value === 'function';
}

function isListOf<T>(value: unknown, test: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(test);
}
