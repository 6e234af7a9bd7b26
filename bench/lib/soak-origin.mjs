// The origin of the soak: what it does is in the path, from correct answers to resets, stalls and nonsense.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { content } from './content.mjs';

const MISBEHAVIOUR = {
  reset: (request, response) => response.socket.resetAndDestroy(),
  'reset-mid': (request, response) => partly(response, () => response.socket.resetAndDestroy()),
  'close-mid': (request, response) => partly(response, () => response.socket.destroy()),
  stall: () => {},
  'stall-mid': (request, response) => partly(response, () => {}),
  garbage: (request, response) => response.socket.end('NOT HTTP AT ALL\r\n\r\n'),
  'half-close': (request, response) =>
    response.socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end'),
};

function partly(response, then) {
  response.writeHead(200, { 'Content-Length': 100_000 });
  response.write(Buffer.alloc(50_000, 'x'));
  setTimeout(then, 50);
}

/** Starts it; idle connections close after a second, so that the proxy's pool meets stale ones. */
export async function startSoakOrigin(port) {
  const server = createServer(serve);
  server.keepAliveTimeout = 1000;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  await new Promise((resolve) => server.listen(port, '127.0.0.1', 4096, resolve));
  return {
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function serve(request, response) {
  const [, kind, ...args] = new URL(request.url, 'http://origin').pathname.split('/');
  response.on('error', () => {});
  if (kind === 'bytes') return bytes(response, Number(args[0]), Number(args[1]), args[2] === 'chunked');
  if (kind === 'sum') return digest(request, response);
  if (kind === 'events') return events(request, response);
  const misbehave = MISBEHAVIOUR[kind];
  if (misbehave) {
    request.resume();
    return misbehave(request, response);
  }
  response.writeHead(404).end('no such thing');
}

function bytes(response, size, seed, chunked) {
  const octets = content(size, seed);
  response.writeHead(200, chunked ? {} : { 'Content-Length': size });
  response.end(octets);
}

function digest(request, response) {
  const hash = createHash('sha1');
  request.on('data', (data) => hash.update(data));
  request.on('error', () => {});
  request.on('end', () => response.end(hash.digest('hex')));
}

function events(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let count = 0;
  const timer = setInterval(() => {
    response.write(`data: ${count}\n\n`);
    if (++count === 10) {
      clearInterval(timer);
      response.end();
    }
  }, 100);
  response.on('close', () => clearInterval(timer));
}
