import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendPage, sendText } from '../http.mjs';

const JSON_TYPE = 'application/json; charset=UTF-8';
let sent = 0;

/** Sends an answer as the vendor does, or as the fault wants it. Resolves when nothing more will be sent. */
export async function sendAnswer(answer, fault, request, response) {
  switch (fault?.kind) {
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      await once(response, 'close');
      return;
    case 'status':
      return sendPage(response, fault.status, `${fault.status} ${STATUS_CODES[fault.status] ?? 'Error'}`);
    case 'html':
      return sendPage(response, 200, 'Service maintenance');
    case 'slow':
      await sleep(fault.ms, undefined, { ref: false });
      break;
    case 'no_errcode':
      if (answer.errcode === 0) {
        delete answer.errcode;
        delete answer.errmsg;
      }
  }
  const text = textOf(answer);
  const half = text.slice(0, text.length / 2);
  if (fault?.kind === 'cut') {
    response.writeHead(200, { ...headersOf(answer), 'Content-Length': Buffer.byteLength(text) });
    response.write(half, () => request.socket.destroy());
    return;
  }
  sendText(response, 200, fault?.kind === 'truncated' ? half : text, headersOf(answer));
}

/** The order of keys is not stable: errcode comes first in one answer and last in the next. */
function textOf({ errcode, errmsg, ...rest }) {
  return JSON.stringify(sent++ % 2 === 0 ? { errcode, errmsg, ...rest } : { ...rest, errcode, errmsg });
}

function headersOf({ errcode = 0, errmsg }) {
  if (errcode === 0) return { 'Content-Type': JSON_TYPE };
  // A header holds ASCII, and a planned fault may have any text.
  return { 'Content-Type': JSON_TYPE, 'Error-Code': errcode, 'Error-Msg': errmsg.replace(/[^ -~]/g, '?') };
}
