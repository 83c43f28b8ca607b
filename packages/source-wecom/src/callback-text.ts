import { RollcallError } from '@rollcall/core';
import { SaxesParser } from 'saxes';
import { isAnswer } from './answer';

/** The texts of a message by lower-case name; what lies deeper (attributes of a member, results of a batch) is not needed. */
export type Message = ReadonlyMap<string, string>;

/** Reads an envelope or a message: XML, or the JSON of newer products, told by its first character. */
export function readMessage(text: string): Message {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('<')) return readXml(trimmed);
  if (trimmed.startsWith('{')) return readJson(trimmed);
  throw unreadable('it is neither XML nor JSON');
}

/** Strict: a document type is refused, so nothing is expanded or fetched, and every text stays text (`00123`). */
function readXml(text: string): Message {
  const message = new Map<string, string>();
  const path: string[] = [];
  const parser = new SaxesParser();
  const collect = (piece: string): void => {
    const name = path[1];
    if (path.length === 2 && name !== undefined) message.set(name, (message.get(name) ?? '') + piece);
  };
  parser.on('error', () => {
    throw unreadable('its XML is broken');
  });
  parser.on('doctype', () => {
    throw unreadable('its XML declares a document type, which is not allowed');
  });
  parser.on('opentag', ({ name }) => {
    path.push(name.toLowerCase());
  });
  parser.on('closetag', () => {
    path.pop();
  });
  parser.on('text', collect);
  parser.on('cdata', collect);
  parser.write(text.replace(/^\ufeff/, '')).close();
  return trimmedValues(message);
}

function readJson(text: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable('its JSON is broken');
  }
  if (!isAnswer(value)) throw unreadable('its JSON is no object');
  const texts = Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' || typeof member === 'number' ? [[name.toLowerCase(), String(member)] as const] : [],
  );
  return trimmedValues(new Map(texts));
}

/** NUL, or half of a surrogate pair: JSON can spell them, and nothing with them can be stored. */
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text);

/** A value that cannot be stored is left out, as if the message did not say it. */
const trimmedValues = (message: Map<string, string>): Message =>
  new Map(
    [...message].flatMap(([name, value]) => {
      const text = value.trim();
      return isStorable(text) ? [[name, text] as const] : [];
    }),
  );

const unreadable = (why: string): RollcallError =>
  new RollcallError('invalid_request', `The callback cannot be understood: ${why}.`);
