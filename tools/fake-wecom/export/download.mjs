const RANGE = /^bytes=(\d*)-(\d*)$/;

/** Sends an export file, whole or the range that was asked for. */
export function sendFile(bytes, request, response) {
  if (!bytes) {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html><body>404 Not Found</body></html>');
    return;
  }
  const headers = { 'Content-Type': 'application/octet-stream', 'Accept-Ranges': 'bytes' };
  const asked = RANGE.exec(request.headers.range ?? '');
  if (!asked) {
    response.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes);
    return;
  }
  const [from, to] = limitsOf(asked, bytes.length);
  if (from > to) {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
    return;
  }
  const part = bytes.subarray(from, to + 1);
  const range = { 'Content-Range': `bytes ${from}-${to}/${bytes.length}`, 'Content-Length': part.length };
  response.writeHead(206, { ...headers, ...range }).end(part);
}

/** First and last byte; `-5` asks for the last five. */
function limitsOf([, from, to], length) {
  if (from === '') return [Math.max(0, length - Number(to)), length - 1];
  return [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)];
}
