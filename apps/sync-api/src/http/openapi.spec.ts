import { AccessCheck } from '../auth/access-check';
import { type TestApp, startTestApp } from '../testing/start-test-app';

let rollcall: TestApp;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- looked at as the JSON that it is
let document: any;

beforeAll(async () => {
  rollcall = await startTestApp();
  document = (await rollcall.anonymous.get('/api/openapi.json')).body;
});

afterAll(() => rollcall.close());

interface Described {
  name: string;
  operationId: string;
  summary?: string;
  description: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; description?: string }[];
  responses: Record<string, { content?: object }>;
}

interface Schema {
  properties?: Record<string, { description?: string; $ref?: string }>;
}

function operations(): Described[] {
  return Object.entries(document.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, name: `${method.toUpperCase()} ${path}` })),
  );
}

test('every route of the app is described, and nothing else', () => {
  const routes = rollcall.app
    .get(AccessCheck)
    .routes()
    .map(({ controller, handler }) => `${controller}.${handler}`);
  expect(
    operations()
      .map(({ operationId }) => operationId)
      .sort(),
  ).toEqual(routes.sort());
});

test('every operation says what it does, who may do it and how it fails', () => {
  for (const operation of operations()) {
    const { name, summary, description, security, responses } = operation;
    expect({ name, summary }).toEqual({ name, summary: expect.stringMatching(/^[^.]{4,}$/) });
    expect({ name, description }).toEqual({ name, description: expect.stringMatching(/(Open to|For) (every|admins)/) });
    expect({ name, security }).toEqual({ name, security: expect.any(Array) });
    expect(Object.keys(responses['default']!.content!)).toEqual(['application/problem+json']);
  }
});

test('every operation belongs to a part of the API that is explained', () => {
  const known = document.tags.map(({ name }: { name: string }) => name);
  for (const { name, tags } of operations())
    expect({ name, tags: tags?.filter((tag) => known.includes(tag)) }).toEqual({ name, tags });
});

test('every field and parameter is described', () => {
  const missing: string[] = [];
  for (const [name, schema] of Object.entries<Schema>(document.components.schemas)) {
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      if (!property.description && !property.$ref) missing.push(`${name}.${field}`);
    }
  }
  for (const { name, parameters } of operations()) {
    for (const parameter of parameters ?? []) {
      if (!parameter.description && !/^(id|userId)$/.test(parameter.name)) missing.push(`${name} ${parameter.name}`);
    }
  }
  expect(missing).toEqual([]);
});

test('routes that no key may use ask for a session', () => {
  const [create] = operations().filter(({ name }) => name === 'POST /api/api-keys');
  expect(create!.security).toEqual([{ session: [] }]);
  const [push] = operations().filter(({ name }) => name === 'POST /api/userData:push');
  expect(push!.security).toEqual([{ session: [] }, { key: [] }]);
});

test('the page works under the strict policy for scripts', async () => {
  const page = await rollcall.anonymous.get('/api/docs', { Accept: 'text/html' });
  expect(page.status).toBe(200);
  expect(page.body).toContain('<title>Rollcall API</title>');
  // No script stands in the page itself, and nothing is loaded from elsewhere.
  expect(page.body).not.toMatch(/<script(?![^>]*src=)[^>]*>/);
  expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  for (const [, asset] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const path = new URL(asset, `${rollcall.url}/api/docs`).pathname;
    expect({ path, status: (await rollcall.anonymous.get(path)).status }).toEqual({ path, status: 200 });
  }
  const script = await rollcall.anonymous.get('/api/docs/swagger-ui-init.js');
  expect(script.body).toContain('"validatorUrl": null');
});
