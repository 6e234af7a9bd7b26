// Many connections at once: 5 000 idle ones, and a flood of 2 000 that send their heads slowly.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SIZES, startOrigin, startProxy } from './origin.mjs';
import { load } from './wrk.mjs';

const IDLE = 5000;
const SLOW = 2000;

export async function run(context) {
  const origin = await startOrigin(context);
  const proxy = await startProxy(context);
  const path = `/f${SIZES['1 KiB']}`;
  const url = `http://127.0.0.1:${context.ports.proxy}${path}`;
  const client = (seconds = context.seconds) => load(context.bench, url, { connections: 8, seconds });

  await client(10);
  const quiet = await client();
  const base = proxy.residentMiB();
  const idle = await openMany(IDLE, context.ports.proxy, `GET ${path} HTTP/1.1\r\nHost: idle.test\r\n\r\n`);
  await sleep(1000);
  const answered = idle.filter((socket) => socket.bytesRead > SIZES['1 KiB']).length;
  const withIdle = proxy.residentMiB();
  const besideIdle = await client();
  idle.forEach((socket) => socket.destroy());

  const slow = await openMany(SLOW, context.ports.proxy, 'GET / HTTP/1.1\r\nHost: slow.test\r\nX-Slow: ');
  const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('x')), 1000);
  const besideSlow = await client(Math.max(context.seconds, 12));
  await sleep(3000);
  clearInterval(drip);
  const ended = slow.filter((socket) => socket.destroyed || socket.readableEnded).length;
  slow.forEach((socket) => socket.destroy());
  await Promise.all([proxy.stop(), origin.stop()]);

  const row = (name, { rate, p50, p99, errors }) =>
    `| ${name} | ${Math.round(rate).toLocaleString('en')} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${errors} |`;
  return [
    '# Many connections', '',
    'A normal client: GET 1 KiB over 8 connections, beside what the row says.', '',
    '| beside | requests/s | p50 ms | p99 ms | errors |', '|---|---|---|---|---|',
    row('nothing', quiet), row(`${IDLE} idle keep-alive connections`, besideIdle), row(`${SLOW} slow heads`, besideSlow), '',
    `Resident memory: ${base.toFixed(0)} MiB before, ${withIdle.toFixed(0)} MiB with ${IDLE} idle connections, of which ${answered} had an answer.`,
    `Of the ${SLOW} slow connections ${ended} were ended by the header timeout.`, '',
  ].join('\n');
}

async function openMany(count, port, text) {
  const sockets = [];
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(100, count - sockets.length) }, () => open(port, text));
    sockets.push(...(await Promise.all(batch)));
  }
  return sockets;
}

const open = (port, text) => new Promise((resolve, reject) => {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.once('connect', () => socket.write(text, () => resolve(socket)));
  socket.on('data', () => {});
  socket.on('error', reject);
});
