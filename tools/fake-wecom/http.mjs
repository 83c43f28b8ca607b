const MAX_BODY = 1_000_000;

/** The body as text. Throws when it is larger than anybody needs. */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error(`The body is larger than ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export function sendText(response, status, text, headers = {}) {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes);
}

/** What the web server in front of the API says. */
export function sendPage(response, status, title) {
  const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body></html>\r\n`;
  sendText(response, status, html, { 'Content-Type': 'text/html' });
}
