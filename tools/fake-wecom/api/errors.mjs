import { randomInt } from 'node:crypto';

/** Our words for the vendor's codes; clients look at the code. */
const TEXTS = {
  '-1': 'system busy',
  6000: 'data version conflict',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40031: 'invalid userid list',
  40056: 'invalid agentid',
  40057: 'invalid callbackurl or callbackurl verify failed',
  40058: 'invalid parameter',
  40063: 'some parameters are empty',
  40068: 'invalid tagid',
  40088: 'jobid not exist',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41009: 'userid missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  45009: 'api freq out of limit',
  45029: 'response data too large',
  45033: 'api concurrent out of limit',
  46004: 'user not exist',
  48002: 'api forbidden',
  48009: 'api forbidden for contact assistant',
  50003: 'app is disabled',
  50100: 'invalid cursor',
  60003: 'department not found',
  60004: 'parent department not found',
  60005: 'department contains members',
  60006: 'department contains sub-departments',
  60007: 'root department can not be deleted',
  60008: 'department name existed',
  60009: 'invalid department name',
  60010: 'department cycle or too deep',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60021: 'userid is not in the visible range',
  60102: 'userid existed',
  60104: 'mobile existed',
  60106: 'email existed',
  60110: 'too many departments',
  60111: 'userid not found',
  60112: 'invalid name',
  60123: 'invalid party id',
  60129: 'mobile and email are both empty',
  301002: 'not allow operate another agent with this accesstoken',
};

/** An answer with this errcode. */
export class ApiError extends Error {
  constructor(errcode, text = TEXTS[errcode] ?? 'error') {
    super(text);
    this.name = 'ApiError';
    this.errcode = errcode;
  }
}

/** The text with what support asks for (the hint) and what an admin needs (the address). */
export function errmsgOf({ errcode, message }, seconds, ip) {
  const digits = Array.from({ length: 15 }, () => randomInt(10)).join('');
  const link = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return `${message}, hint: [${seconds}${digits}], from ip: ${ip}, more info at ${link}`;
}
