// Hits beside the caches of nginx and Varnish.
import { measure } from './beside.mjs';
import { SIZES, startOrigin, startPeer, startProxy, startVarnish } from './origin.mjs';

const get = (size, connections) => ({ name: `hit ${size}, ${connections} conn.`, path: `/cached/f${SIZES[size]}`, connections });

const CASES = [get('1 KiB', 1), get('1 KiB', 32), get('1 KiB', 512), get('100 KiB', 32), { ...get('10 MiB', 32), name: '10 MiB, 32 conn.' }];
const CASES_WITH_LOG = [get('1 KiB', 32)];

export async function run(context) {
  const origin = await startOrigin(context);
  const text = [
    '# Cache hits beside nginx and Varnish', '',
    'Requests per second: the median of alternating rounds, with their range. nginx caches in files that the kernel holds in memory,',
    'Varnish in memory; both as `bench/peer` configures them. CPU: processor time per request. Latencies in milliseconds as wrk sees them.',
    'The last case is larger than this proxy\'s memory takes (`memory.max-entry`): it asks the origin each time, while the others hit.', '',
  ];
  for (const log of [false, true]) {
    const proxy = await startProxy(context, { log, name: log ? 'cache-log' : 'cache', flows: 'cached' });
    const peer = await startPeer(context, { log });
    const sides = [
      { name: 'Proxy Stone', process: proxy, port: context.ports.proxy },
      { name: 'nginx', process: peer, port: context.ports.peer },
    ];
    const varnish = log ? null : await startVarnish(context);
    if (varnish) sides.push({ name: 'Varnish', process: varnish, port: context.ports.other });
    const cases = (log ? CASES_WITH_LOG : CASES).filter(({ name }) => context.cases.test(name));
    text.push(`## Access log ${log ? 'on, combined format' : 'off'}`, '', ...(await measure(context, cases, sides)), '');
    text.push(`Peak resident memory: Proxy Stone ${proxy.peakMiB().toFixed(0)} MiB, nginx ${peer.peakMiB().toFixed(0)} MiB.`, '');
    await proxy.stop();
    await peer.stop();
    await varnish?.stop();
  }
  await origin.stop();
  return text.join('\n');
}
