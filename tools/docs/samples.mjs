// The code samples of the documentation, and what of them is not true.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../bootstrap.mjs';
import { operationsOf, readApiDocument } from './api-reference.mjs';
import { compileProblems } from './compile-samples.mjs';

/** Fenced blocks of a file as `{file, language, text}`. */
export function samplesOf(file, text = readFileSync(join(REPOSITORY, file), 'utf8')) {
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```/gm)].map(([, indent, language, body]) => ({
    file,
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** What is wrong with samples, as sentences. TypeScript is compiled in one program for all. */
export function sampleProblems(samples) {
  const of = (...languages) => samples.filter(({ language }) => languages.includes(language));
  return [
    ...compileProblems(of('ts')),
    ...of('json').flatMap(jsonProblems),
    ...of('sh', 'bash').flatMap(shellProblems),
    ...of('').map(({ file, text }) => `${file}: a block says no language: ${text.split('\n')[0]}`),
  ];
}

function jsonProblems({ file, text }) {
  return parsed(text) === undefined ? [`${file}: is no JSON: ${text.split('\n')[0]}`] : [];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by who asks, with the place
  }
}

function shellProblems({ file, text }) {
  return commandsOf(text).flatMap((words) => {
    const [command, ...args] = words.filter((word) => !/^[A-Z_]+=/.test(word));
    const problems =
      command === 'curl'
        ? curlProblems(args)
        : command === 'npm'
          ? npmProblems(args)
          : command === 'node'
            ? nodeProblems(args)
            : [];
    return problems.map((problem) => `${file}: ${problem}`);
  });
}

/** Commands of a script, each as its words: quotes and continued lines are taken in, comments and here-documents left out. */
export function commandsOf(script) {
  const text = script.replace(/<<(\w+)\n[\s\S]*?^\1$/gm, '').replaceAll('\\\n', ' ');
  const commands = [[]];
  for (const [token] of text.matchAll(/#[^\n]*|\n|\s+|(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g)) {
    if (token.startsWith('\n')) commands.push([]);
    else if (token.trim() && !token.startsWith('#')) commands.at(-1).push(unquoted(token));
  }
  return commands.filter((words) => words.length > 0);
}

function unquoted(token) {
  return token.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"/g,
    (_all, single, double) => single ?? double.replace(/\\(.)/g, '$1'),
  );
}

const FLAGS_WITH_VALUE = ['-H', '-d', '-X', '-b', '-c', '-o'];

/**
 * What curl is told to ask of Rollcall, as `{method, path, query, headers, body}`; undefined when it asks somebody else.
 * `path` begins with a slash, `query` with a question mark unless it is empty.
 */
export function curlRequest(args) {
  const values = (flag) => args.flatMap((word, index) => (word === flag ? [args[index + 1]] : []));
  const address =
    args.find((word, index) => !word.startsWith('-') && !FLAGS_WITH_VALUE.includes(args[index - 1])) ?? '';
  if (!/\/api\/|\/metrics/.test(address)) return undefined;
  const [, path, query] = /^(?:\$ROLLCALL|(?:http:\/\/)?[\w.-]+:3000)?([^?]*)(.*)$/.exec(address);
  const [body] = values('-d');
  return { method: values('-X')[0] ?? (body === undefined ? 'GET' : 'POST'), path, query, headers: values('-H'), body };
}

function curlProblems(args) {
  const request = curlRequest(args);
  if (!request) return [];
  const { method, path, query, body } = request;
  const found = findOperation(method, path);
  if (!found) return [`curl asks for ${method} ${path}, which the API does not have`];
  const names = (found.operation.parameters ?? []).map(({ name }) => name);
  const unknown = [...new URLSearchParams(query).keys()].filter((name) => !names.includes(name));
  return [
    ...unknown.map((name) => `${method} ${path} takes no ${name} in its query`),
    ...(body === undefined || body.startsWith('@') ? [] : bodyProblems(`${method} ${path}`, body, found.operation)),
  ];
}

const api = readApiDocument();

function findOperation(method, path) {
  return operationsOf(api).find((entry) => {
    const pattern = entry.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+');
    return entry.method === method && new RegExp(`^${pattern}$`).test(path);
  });
}

/** A body is JSON, has what is required, and nothing that the API does not know. */
function bodyProblems(what, text, operation) {
  const body = parsed(text);
  if (body === undefined) return [`the body of ${what} is no JSON`];
  const schema = resolved(operation.requestBody?.content['application/json']?.schema);
  if (!schema) return [`${what} takes no body`];
  const known = Object.keys(schema.properties ?? {});
  return [
    ...(schema.required ?? []).filter((name) => !(name in body)).map((name) => `the body of ${what} lacks ${name}`),
    ...Object.keys(body)
      .filter((name) => !known.includes(name))
      .map((name) => `the body of ${what} has ${name}, which the API does not know`),
  ];
}

function resolved(schema) {
  return schema?.$ref ? api.components.schemas[schema.$ref.split('/').at(-1)] : schema;
}

const BUILT_INTO_NPM = ['ci', 'install', 'i', 'pack', 'init', 'create', 'version', 'publish'];

function npmProblems([first, second]) {
  const script = first === 'run' ? second : first;
  return BUILT_INTO_NPM.includes(first) || script in scripts()
    ? []
    : [`there is no script for "npm ${first} ${second ?? ''}"`];
}

/** Those of this repository, and of the packages with adapters that are generated. */
export function scripts() {
  const generated = ['source', 'target'].map((kind) => `packages/create-adapter/templates/${kind}`);
  const manifests = ['.', ...generated].map((folder) => readFileSync(join(REPOSITORY, folder, 'package.json'), 'utf8'));
  return Object.assign({}, ...manifests.map((text) => JSON.parse(text).scripts));
}

/** What is built is looked for where it is built from. */
function nodeProblems(args) {
  const path = args.find((word) => !word.startsWith('-')) ?? '';
  const source = path.replace('/dist/', '/src/').replace(/\/src\/(.*)\.js$/, '/src/$1.ts');
  return existsSync(join(REPOSITORY, source)) ? [] : [`node runs ${path}, which is not there`];
}
