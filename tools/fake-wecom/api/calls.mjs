import { setTimeout as sleep } from 'node:timers/promises';
import { ENDPOINTS } from '../endpoints/index.mjs';
import { readBody, sendPage } from '../http.mjs';
import { sendAnswer } from './answers.mjs';
import { ApiError, errmsgOf } from './errors.mjs';
import { checkPermission } from './permissions.mjs';

const PREFIX = '/cgi-bin/';

/** Answers one call of the API: counted, limited, disturbed by the plan of faults, checked, and run. */
export async function handleCall(fake, url, request, response) {
  const name = url.pathname.slice(PREFIX.length);
  const endpoint = url.pathname.startsWith(PREFIX) ? ENDPOINTS.get(name) : undefined;
  if (!endpoint) return sendPage(response, 404, '404 Not Found');
  const { settings, counters, faults, limits, tokens, clock } = fake;
  const ip = settings.values.callerIp ?? request.socket.remoteAddress.replace('::ffff:', '');
  counters.begin(name);
  const isAdmitted = limits.enter(name);
  try {
    const { body, isMalformed } = parsed(await readBody(request));
    const fault = faults.next(name, tokens.kindOf(url.searchParams.get('access_token')), url.searchParams);
    if (fault && fault.kind !== 'errcode') counters.failed(name, fault.kind);
    let answer;
    try {
      if (!isAdmitted) throw new ApiError(45033);
      if (fault?.kind === 'errcode') throw new ApiError(fault.errcode, fault.errmsg);
      const call = { ...fake, name, endpoint, ip, query: url.searchParams, body, method: request.method };
      answer = { errcode: 0, errmsg: 'ok', ...(await run(call)) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      counters.failed(name, error.errcode);
      answer = { errcode: error.errcode, errmsg: errmsgOf(error, clock.seconds(), ip), ...emptyLists(endpoint) };
    }
    if (isMalformed) answer.errmsg += ' Warning: wrong json format. ';
    if (fault?.kind === 'empty' && answer.errcode === 0) Object.assign(answer, emptyLists(endpoint));
    await sendAnswer(answer, fault, request, response);
  } finally {
    if (isAdmitted) limits.leave(name);
    counters.end(name);
  }
}

/** In the order in which the vendor seems to look at things. */
async function run(call) {
  const { name, endpoint, ip, query, limits, settings, tokens, views, method } = call;
  if (settings.values.strictMethods && method !== endpoint.method) {
    throw new ApiError(endpoint.method === 'GET' ? 43001 : 43002);
  }
  limits.count(name, ip, query.get('debug') === '1');
  if (settings.values.latencyMs > 0) await sleep(settings.values.latencyMs, undefined, { ref: false });
  if (endpoint.isOpen) return endpoint.run(call);
  const kind = tokens.check(query.get('access_token'));
  checkPermission(name, kind, ip, settings);
  return endpoint.run({ ...call, kind, view: views.of(kind), settings: settings.values });
}

/** What cannot be read counts as nothing, and the answer warns. */
function parsed(text) {
  if (text === '') return { body: {}, isMalformed: false };
  try {
    const body = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { body, isMalformed: false };
    return { body: {}, isMalformed: true };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { body: {}, isMalformed: true };
  }
}

function emptyLists({ lists = [] }) {
  return Object.fromEntries(lists.map((name) => [name, []]));
}
