// Throughput, latency, processor time and memory beside nginx.
import { measure } from './beside.mjs';
import { SIZES, startOrigin, startPeer, startProxy } from './origin.mjs';

const get = (size, connections) => ({ name: `GET ${size}, ${connections} conn.`, path: `/f${SIZES[size]}`, connections });
const post = (label, body, connections) => ({
  name: `POST ${label}, ${connections} conn.`, path: '/post', method: 'POST', body, connections,
});

const CASES = [
  get('1 KiB', 1), get('1 KiB', 32), get('1 KiB', 512),
  get('100 KiB', 1), get('100 KiB', 32), get('100 KiB', 512),
  get('10 MiB', 1), get('10 MiB', 32),
  post('1 KiB', 1 << 10, 32), post('100 KiB', 100 << 10, 32), post('1 MiB', 1 << 20, 32),
];
const CASES_WITH_LOG = [get('1 KiB', 32), get('1 KiB', 512), get('100 KiB', 32)];

export async function run(context) {
  const origin = await startOrigin(context);
  const text = [
    '# Beside nginx', '',
    'Requests per second: the median of alternating rounds, with their range.',
    'CPU: processor time of the proxy per request. Latencies in milliseconds as wrk sees them.', '',
  ];
  for (const log of [false, true]) {
    const proxy = await startProxy(context, { log });
    const peer = await startPeer(context, { log });
    const cases = (log ? CASES_WITH_LOG : CASES).filter(({ name }) => context.cases.test(name));
    const sides = [
      { name: 'Proxy Stone', process: proxy, port: context.ports.proxy },
      { name: 'nginx', process: peer, port: context.ports.peer },
    ];
    text.push(`## Access log ${log ? 'on, combined format' : 'off'}`, '', ...(await measure(context, cases, sides)), '');
    text.push(`Peak resident memory: Proxy Stone ${proxy.peakMiB().toFixed(0)} MiB, nginx ${peer.peakMiB().toFixed(0)} MiB (of all its workers).`, '');
    await proxy.stop();
    await peer.stop();
  }
  await origin.stop();
  return text.join('\n');
}
