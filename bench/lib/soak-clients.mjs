// What clients do to the proxy during a soak. Each scenario tells how it ended, or throws what was wrong with the answer.
import http from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { content, sum } from './content.mjs';

const PATIENCE = 30_000;

export class Wrong extends Error {}

/** The scenarios by name, with their weights. */
export function scenarios(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  function ask(path, { method = 'GET', body, headers = {}, chunked = false, onResponse } = {}) {
    return new Promise((resolve, reject) => {
      const request = http.request({ port, host: '127.0.0.1', path, method, headers, agent, timeout: PATIENCE });
      request.on('error', reject);
      request.on('timeout', () => request.destroy(new Wrong(`${method} ${path}: nothing for ${PATIENCE} ms`)));
      request.on('response', (response) => {
        if (onResponse) return onResponse(response, request, resolve, reject);
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }));
      });
      if (body && !chunked) request.setHeader('Content-Length', body.length);
      if (chunked) for (let at = 0; at < body.length; at += 10_000) request.write(body.subarray(at, at + 10_000));
      else if (body) request.write(body);
      request.end();
    });
  }

  const size = (random) => Math.floor(2 ** (random() * 21));
  const seed = (random) => Math.floor(random() * 1e6);

  function expectStatus(answer, ...allowed) {
    if (!allowed.includes(answer.status)) throw new Wrong(`${answer.status} instead of ${allowed.join(' or ')}: ${answer.body.subarray(0, 300)}`);
    if (answer.status >= 500 && !String(answer.headers['content-type']).startsWith('application/problem+json')) {
      throw new Wrong(`${answer.status} without a problem document`);
    }
    return answer.status === allowed[0] ? 'right' : `honest ${answer.status}`;
  }

  async function get(random) {
    const [n, s] = [size(random), seed(random)];
    const answer = await ask(`/bytes/${n}/${s}${random() < 0.3 ? '/chunked' : ''}`);
    const ended = expectStatus(answer, 200);
    if (sum(answer.body) !== sum(content(n, s))) throw new Wrong(`GET of ${n} octets: other content (${answer.body.length})`);
    if (!answer.headers['x-revision']) throw new Wrong('the flow did not set X-Revision');
    return ended;
  }

  async function post(random) {
    const body = content(size(random), seed(random));
    const answer = await ask('/sum', { method: 'POST', body, chunked: random() < 0.5 });
    const ended = expectStatus(answer, 200, 502);
    if (answer.status === 200 && answer.body.toString() !== sum(body)) throw new Wrong(`POST of ${body.length} octets: other content arrived`);
    return ended;
  }

  async function head(random) {
    const n = size(random);
    const answer = await ask(`/bytes/${n}/1`, { method: 'HEAD' });
    const ended = expectStatus(answer, 200);
    if (Number(answer.headers['content-length']) !== n || answer.body.length) throw new Wrong('HEAD differs from GET');
    return ended;
  }

  async function pipeline(random) {
    const wanted = Array.from({ length: 5 }, () => [Math.floor(random() * 5000), seed(random)]);
    const text = wanted.map(([n, s], i) => `GET /bytes/${n}/${s} HTTP/1.1\r\nHost: soak\r\n${i === 4 ? 'Connection: close\r\n' : ''}\r\n`).join('');
    let rest = await raw(text);
    for (const [n, s] of wanted) {
      const end = rest.indexOf('\r\n\r\n');
      const first = rest.subarray(0, end).toString();
      if (!first.startsWith('HTTP/1.1 200 ')) throw new Wrong(`pipelined: ${first}`);
      if (!rest.subarray(end + 4, end + 4 + n).equals(content(n, s))) throw new Wrong('pipelined answers are mixed up');
      rest = rest.subarray(end + 4 + n);
    }
    if (rest.length) throw new Wrong('more came than was asked for');
    return 'right';
  }

  function raw(text) {
    return new Promise((resolve, reject) => {
      const pieces = [];
      const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text));
      socket.setTimeout(PATIENCE, () => socket.destroy(new Wrong(`nothing for ${PATIENCE} ms after ${text.slice(0, 60)}`)));
      socket.on('data', (piece) => pieces.push(piece));
      socket.on('error', reject);
      socket.on('close', () => resolve(Buffer.concat(pieces)));
    });
  }

  async function malformed(random) {
    const texts = [
      'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nBad : b\r\n\r\n', 'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ];
    const answer = await raw(texts[Math.floor(random() * texts.length)]);
    if (!answer.toString().startsWith('HTTP/1.1 400 ')) throw new Wrong(`malformed request: ${answer.subarray(0, 200)}`);
    return 'right';
  }

  function earlyClose(random) {
    const upload = random() < 0.5;
    return new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        socket.write(upload
          ? `POST /sum HTTP/1.1\r\nHost: soak\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(50_000)}`
          : 'GET /bytes/1500000/1 HTTP/1.1\r\nHost: soak\r\n\r\n');
        setTimeout(() => (random() < 0.5 ? socket.destroy() : socket.resetAndDestroy()), random() * 50);
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve('closed'));
    });
  }

  async function slowReader(random) {
    const [n, s] = [1 << 20, seed(random)];
    const answer = await ask(`/bytes/${n}/${s}`, {
      onResponse: async (response, request, resolve, reject) => {
        try {
          const pieces = [];
          for await (const piece of response) {
            pieces.push(piece);
            await sleep(random() * 60);
          }
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) });
        } catch (e) {
          reject(e);
        }
      },
    });
    const ended = expectStatus(answer, 200);
    if (sum(answer.body) !== sum(content(n, s))) throw new Wrong('slow reader got other content');
    return ended;
  }

  async function events() {
    const answer = await ask('/events');
    expectStatus(answer, 200);
    if (answer.body.toString().split('\n\n').length !== 11) throw new Wrong('events are missing');
    return 'right';
  }

  /** An origin that fails before its head: the answer must say so. */
  const failing = (path, ...statuses) => async () => expectStatus(await ask(path), ...statuses) && 'right';

  /** An origin that fails within its content: the client must be able to tell. */
  const truncated = (path) => async () => {
    try {
      await ask(path);
    } catch (e) {
      if (e instanceof Wrong) throw e;
      return 'right';
    }
    throw new Wrong(`${path}: a truncated response looked complete`);
  };

  async function halfClose() {
    const answer = await ask('/half-close');
    expectStatus(answer, 200);
    if (answer.body.toString() !== 'until the end') throw new Wrong('content until close is not whole');
    return 'right';
  }

  return {
    agent,
    all: [
      ['GET', 30, get], ['POST', 20, post], ['HEAD', 5, head], ['pipelining', 8, pipeline], ['malformed', 5, malformed],
      ['early close', 8, earlyClose], ['slow reader', 3, slowReader], ['events', 2, events],
      ['origin resets', 4, failing('/reset', 502)], ['origin talks nonsense', 3, failing('/garbage', 502)],
      ['origin stalls', 2, failing('/stall', 504)], ['origin half-closes', 3, halfClose],
      ['origin resets midway', 3, truncated('/reset-mid')], ['origin closes midway', 2, truncated('/close-mid')],
      ['origin stalls midway', 1, truncated('/stall-mid')], ['not found', 2, failing('/nothing', 404)],
    ],
  };
}
