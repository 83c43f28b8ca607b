import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule, getSchemaPath } from '@nestjs/swagger';
import type { AccessLevel } from '../auth/access';
import { AccessCheck } from '../auth/access-check';
import { ROLES, SCOPES, rolesThatMay, scopesThatMay } from '../auth/caller';
import { ROLLCALL_VERSION } from '../version';
import { ProblemView } from './problem.dto';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const SESSION = 'session';
const KEY = 'key';

const DESCRIPTION = `Keeps users and departments in step with the systems that own them.

Scripts send an API key as \`Authorization: Bearer <key>\`; the admin web holds a session cookie. Times are ISO 8601 in
UTC. Lists answer \`{items, total, page, pageSize}\`. Every error is \`application/problem+json\` (RFC 9457) with a \`code\`
for programs, a \`detail\` for people and a \`requestId\` for the log.`;

const TAGS: Readonly<Record<string, string>> = {
  Push: 'Send users and departments',
  Snapshots: 'Send everybody whom a source states, in many requests: who is not among them has left',
  Callbacks: 'Live events that vendors send',
  Sources: 'Configured source adapters: who exists',
  Targets: 'Where records are applied',
  Tasks: 'Executions of a sync: progress, changes, decisions',
  Directory: 'Users and departments as they are, and changes by hand',
  Adapters: 'What the installed packages can do',
  Accounts: 'Admins, API keys, the audit',
  Operation: 'For whatever runs and watches the service',
};

/** The document at `/api/openapi.json` and the page at `/api/docs`. Both are open: they hold nothing secret. */
export function serveApiDocument(app: INestApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('docs', app, () => (document ??= describeApi(app)), {
    useGlobalPrefix: true,
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Rollcall API',
    // The page asks nobody else whether the document is valid.
    swaggerOptions: { validatorUrl: null, docExpansion: 'none', persistAuthorization: false, tagsSorter: undefined },
  });
}

/** The document, made from the routes and their access rules. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Rollcall')
    .setDescription(DESCRIPTION)
    .setVersion(ROLLCALL_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key (rck_…)' }, KEY)
    .addCookieAuth('rollcall_session', { type: 'apiKey', in: 'cookie', description: 'Set by signing in' }, SESSION);
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ProblemView],
    operationIdFactory: (controller, handler) => `${controller}.${handler}`,
  });
  const levels = new Map(
    app
      .get(AccessCheck)
      .routes()
      .map((route) => [`${route.controller}.${route.handler}`, route.levels ?? []]),
  );
  for (const operation of operationsOf(document)) complete(operation, levels.get(operation.operationId ?? '') ?? []);
  return document;
}

/** Every operation of a document. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((path) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => path[method] ?? []),
  );
}

/** Adds what follows from the access rule, and how errors look. */
function complete(operation: Operation, levels: readonly AccessLevel[]): void {
  const open = levels.includes('public');
  const keyed = SCOPES.some((scope) => scopesThatMay(levels).includes(scope));
  operation.security = open ? [] : [{ [SESSION]: [] }, ...(keyed ? [{ [KEY]: [] }] : [])];
  operation.description = [operation.description, whoMay(levels)].filter(Boolean).join('\n\n');
  const problem = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemView) } } };
  for (const [status, response] of Object.entries(operation.responses)) {
    if (Number(status) >= 400 && response && !('$ref' in response)) response.content ??= problem;
  }
  operation.responses.default = { description: 'What went wrong', content: problem };
}

function whoMay(levels: readonly AccessLevel[]): string {
  if (levels.includes('public')) return 'Open to everybody.';
  const roles = rolesThatMay(levels);
  const scopes = scopesThatMay(levels);
  const people = roles.length === ROLES.length ? 'every admin' : `admins with the role ${roles.join(', ')}`;
  const keys = scopes.length === 0 ? 'no key' : `keys with the scope ${scopes.join(' or ')}`;
  return `For ${people}; ${keys}.`;
}
