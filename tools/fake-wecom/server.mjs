// A fake of the WeCom contacts API with the vendor's bad manners. See README.md.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { handleAdmin } from './admin/admin.mjs';
import { handleCall } from './api/calls.mjs';
import { Counters } from './api/counters.mjs';
import { Faults } from './api/faults.mjs';
import { RateLimits } from './api/rate-limits.mjs';
import { Tokens } from './api/tokens.mjs';
import { Announcer } from './callback/announce.mjs';
import { CallbackSender } from './callback/sender.mjs';
import { Clock } from './clock.mjs';
import { Administration } from './company/administration.mjs';
import { Company } from './company/company.mjs';
import { generateCompany } from './company/generate.mjs';
import { completeMember } from './company/member.mjs';
import { RandomChanges } from './company/random-changes.mjs';
import { Views } from './company/view.mjs';
import { corpOf } from './corp.mjs';
import { IdSweeps } from './endpoints/id-sweeps.mjs';
import { sendFile } from './export/download.mjs';
import { ExportJobs } from './export/jobs.mjs';
import { sendPage } from './http.mjs';
import { Random } from './random.mjs';
import { Settings } from './settings.mjs';

const LOOPBACK = '127.0.0.1';

/**
 * Starts a fake on loopback. All options may be absent: `port` (a free one), `people` and `departments` of the generated
 * company or a `company` of one's own, `seed`, `corp` (ids and secrets), `settings`. Returns its address and all its
 * controls; server.d.mts lists them.
 */
export async function startFakeWecom({ port = 0, seed = 1, people, departments, company, corp, settings } = {}) {
  const fake = makeFake({ seed, people, departments, company, corp });
  if (settings) fake.settings.change(settings);
  const server = createServer((request, response) => {
    handle(fake, request, response).catch((error) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendPage(response, 500, '500 Internal Server Error');
    });
  });
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  fake.url = `http://${LOOPBACK}:${server.address().port}`;
  fake.close = async () => {
    fake.callbacks.close();
    fake.exports.close();
    server.closeAllConnections();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return fake;
}

function makeFake(options) {
  const { seed } = options;
  const clock = new Clock();
  const settings = new Settings(clock);
  const corp = corpOf(seed, options.corp);
  const generated = options.company ? completed(options.company) : generateCompany(options);
  const company = new Company(generated);
  const administration = new Administration(company);
  const views = new Views(company, settings);
  const callbacks = new CallbackSender(corp, settings, clock, new Random(seed + 1));
  const randomChanges = new RandomChanges(company, administration, new Random(seed + 2));
  const fake = {
    corp,
    notable: generated.notable ?? {},
    clock,
    settings,
    company,
    administration,
    views,
    callbacks,
    tokens: new Tokens(corp, clock, settings),
    limits: new RateLimits(clock, settings),
    faults: new Faults(),
    counters: new Counters(clock),
    sweeps: new IdSweeps(clock),
    exports: new ExportJobs(settings, clock, callbacks, (path) => fake.url + path),
  };
  const announcer = new Announcer(fake);
  return Object.assign(fake, {
    configure: (patch) => settings.change(patch),
    truth: (kind) => truthOf(company, kind && views.of(kind)),
    async setCallback(kind, target) {
      await callbacks.set(kind, target);
      if (kind === 'app') announcer.watchApp();
    },
    changeAtRandom: (count, kinds) => randomChanges.make(count, kinds),
    burst({ changes, kinds, ...release }) {
      const { hold } = settings.values.callbacks;
      settings.change({ callbacks: { hold: true } });
      const made = randomChanges.make(changes, kinds);
      const callbackCount = callbacks.release(release);
      settings.change({ callbacks: { hold } });
      return { changes: made, callbacks: callbackCount };
    },
  });
}

/** A company of one's own may say of a member what matters, and of a department `{ id, name, parentid }`. */
function completed({ departments, members = [], tags = [] }) {
  return {
    departments: departments.map((each) => ({ order: 0, department_leader: [], ...each })),
    members: members.map((member) => completeMember({ status: 1, ...member })),
    tags: tags.map((tag) => ({ userlist: [], partylist: [], ...tag })),
  };
}

/** Everything, or what one secret sees of it. */
function truthOf(company, view) {
  if (!view) return { departments: company.departments(), members: company.members(), tags: company.tags() };
  return { departments: view.departments(), members: view.members().map((member) => view.details(member)) };
}

async function handle(fake, request, response) {
  const url = new URL(request.url, fake.url);
  if (/^\/admin(\/|$)/.test(url.pathname)) return handleAdmin(fake, url, request, response);
  if (url.pathname.startsWith('/export-file/')) {
    return sendFile(fake.exports.file(url.pathname + url.search), request, response);
  }
  return handleCall(fake, url, request, response);
}
