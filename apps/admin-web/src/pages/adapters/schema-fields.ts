type Schema = Readonly<Record<string, unknown>>;

/** One option of an adapter, as a row of its table. */
export interface SchemaField {
  /** `attributes[].name` for what stands in a list of objects. */
  path: string;
  title: string | undefined;
  description: string | undefined;
  type: FieldType;
  required: boolean;
  secret: boolean;
  /** JSON. */
  defaultValue: string | undefined;
  /** JSON, when only some values are allowed. */
  values: string[];
  /** Of numbers and of the length of texts: `≥ 1`, `≤ 64`, in signs that need no translation. */
  limits: string[];
}

export const FIELD_TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'other'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** The options that a JSON Schema describes, in its order, with what stands in objects and lists behind them. */
export function schemaFields(schema: Schema, prefix = ''): SchemaField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(object(schema['properties'])).flatMap(([name, value]) => {
    const property = object(value);
    const path = `${prefix}${name}`;
    return [fieldOf(path, property, required.includes(name)), ...below(path, property)];
  });
}

function below(path: string, property: Schema): SchemaField[] {
  const items = object(property['items']);
  return items['properties'] === undefined ? schemaFields(property, `${path}.`) : schemaFields(items, `${path}[].`);
}

function fieldOf(path: string, property: Schema, required: boolean): SchemaField {
  const allowed = property['const'] === undefined ? property['enum'] : [property['const']];
  return {
    path,
    title: text(property['title']),
    description: text(property['description']),
    type: FIELD_TYPES.find((type) => type === property['type']) ?? 'other',
    required,
    secret: property['writeOnly'] === true,
    defaultValue: property['default'] === undefined ? undefined : JSON.stringify(property['default']),
    values: Array.isArray(allowed) ? allowed.map((value) => JSON.stringify(value)) : [],
    limits: LIMITS.flatMap(([keyword, sign]) =>
      typeof property[keyword] === 'number' ? [`${sign} ${property[keyword]}`] : [],
    ),
  };
}

const LIMITS = [
  ['minimum', '≥'],
  ['exclusiveMinimum', '>'],
  ['maximum', '≤'],
  ['exclusiveMaximum', '<'],
] as const;

function object(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
