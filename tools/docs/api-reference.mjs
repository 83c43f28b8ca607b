// Reference pages of the HTTP API, from docs/public/openapi.json: a page for each group of routes, and one for the shapes
// that they speak of.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../bootstrap.mjs';
import { API_REFERENCE } from './pages.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const SHAPES = 'shapes';

export function readApiDocument() {
  return JSON.parse(readFileSync(join(REPOSITORY, 'docs', 'public', 'openapi.json'), 'utf8'));
}

/** Every operation of the document as `{method, path, operation}`. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      item[method] ? [{ method: method.toUpperCase(), path, operation: item[method] }] : [],
    ),
  );
}

/** Writes the pages, in the order in which the document lists its groups. */
export function writeApiReference() {
  const document = readApiDocument();
  const folder = join(REPOSITORY, API_REFERENCE);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const operations = operationsOf(document);
  for (const [index, { name, description }] of document.tags.entries()) {
    const own = operations.filter(({ operation }) => operation.tags?.includes(name));
    const text = [`# ${name}`, `${description}.`, ...own.map(operationText)].join('\n\n');
    writeFileSync(join(folder, `${String(index + 1).padStart(2, '0')}-${name.toLowerCase()}.md`), `${text}\n`);
  }
  writeFileSync(join(folder, `${SHAPES}.md`), `${shapesText(document.components.schemas)}\n`);
}

function operationText({ method, path, operation }) {
  const body = contentOf(operation.requestBody);
  return [
    `## ${escaped(operation.summary ?? path)}`,
    ['```http', `${method} ${path}`, '```'].join('\n'),
    operation.description && escaped(operation.description),
    parameterTable(operation.parameters ?? []),
    body && `**Body:** ${described(body)}`,
    ...Object.entries(operation.responses)
      .filter(([status]) => status !== 'default')
      .map(([status, response]) => answerText(status, response)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function parameterTable(parameters) {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      `| \`${name}\` | ${place}${required ? ', required' : ''} | ${typeText(schema)} | ${cell(description)} |`,
  );
  return ['| parameter | where | type | |', '|---|---|---|---|', ...rows].join('\n');
}

function answerText(status, response) {
  const schema = contentOf(response);
  const words = escaped(response.description ?? '').replace(/\.$/, '');
  return `**${status}** ${words}${schema ? `: ${described(schema)}` : '.'}`;
}

/** The schema of a body, whatever its media type; undefined when there is none. */
function contentOf(holder) {
  return Object.values(holder?.content ?? {})[0]?.schema;
}

/** A named shape by its name, anything else with a table of its fields. */
function described(schema) {
  const table = fieldTable(schema);
  return table ? `${typeText(schema)}\n\n${table}` : typeText(schema);
}

function shapesText(schemas) {
  const parts = Object.entries(schemas).map(([name, schema]) =>
    [
      `## ${name}`,
      schema.description && escaped(schema.description),
      schema.enum ? schema.enum.map((value) => `\`${value}\``).join(' · ') : fieldTable(schema),
    ]
      .filter(Boolean)
      .join('\n\n'),
  );
  return ['# Shapes', 'What bodies and answers are made of.', ...parts].join('\n\n');
}

/** A row for each field, those of objects inside by their way: `detail.count.all`. */
function fieldTable(schema) {
  const rows = fieldRows(schema, '');
  if (rows.length === 0) return undefined;
  return ['| field | type | |', '|---|---|---|', ...rows].join('\n');
}

function fieldRows(schema, prefix) {
  const inner = schema.type === 'array' ? schema.items : schema;
  const parts = inner?.allOf?.filter((part) => !part.$ref) ?? [];
  return [inner, ...parts].flatMap((part) =>
    Object.entries(part?.properties ?? {}).flatMap(([name, field]) => {
      const need = part.required?.includes(name) ? '' : ' · optional';
      const row = `| \`${prefix}${name}\` | ${typeText(field)}${need} | ${cell(field.description)} |`;
      return [row, ...fieldRows(field, `${prefix}${name}${field.type === 'array' ? '[]' : ''}.`)];
    }),
  );
}

function typeText(schema = {}) {
  const many = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  const nullable = schema.nullable ? ' or null' : '';
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    return `[${name}](${SHAPES}.md#${name.toLowerCase()})`;
  }
  if (many) return (many.map(typeText).join(schema.allOf ? ' with ' : ' or ') || 'any') + nullable;
  if (schema.type === 'array') return `list of ${typeText(schema.items)}${nullable}`;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ') + nullable;
  const limits = [
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.default !== undefined && `default \`${JSON.stringify(schema.default)}\``,
  ].filter(Boolean);
  const format = schema.format ? ` (${schema.format})` : '';
  return [`${schema.type ?? 'any'}${format}${nullable}`, ...limits].join(', ');
}

function cell(text = '') {
  return escaped(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Text of the document is Markdown; what looks like a tag or a template in it is not meant as one. */
function escaped(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;')))
    .join('');
}
