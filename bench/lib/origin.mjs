// What the benchmarks proxy to and compare with.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNginx, startProxyStone, startVarnishd } from './processes.mjs';

export const SIZES = { '1 KiB': 1 << 10, '100 KiB': 100 << 10, '10 MiB': 10 << 20 };

/** Starts the origin with a file of each size. */
export function startOrigin({ bench, dir, ports }) {
  mkdirSync(join(dir, 'files'), { recursive: true });
  for (const size of Object.values(SIZES)) writeFileSync(join(dir, 'files', `f${size}`), Buffer.alloc(size, 'x'));
  return startNginx(join(bench, 'peer/origin.conf'), 'origin', dir, ports.origin, { origin: String(ports.origin) });
}

/** Starts the peer. */
export function startPeer({ bench, dir, ports }, { log = false, buffering = 'off' } = {}) {
  return startNginx(join(bench, 'peer/nginx.conf'), log ? 'peer-log' : 'peer', dir, ports.peer, {
    port: String(ports.peer),
    origin: String(ports.origin),
    log: log ? `${join(dir, 'peer-access.log')} combined buffer=64k flush=1s` : 'off',
    request_buffering: buffering,
  });
}

/** Starts this proxy with the flow the benchmarks measure. */
export function startProxy({ bench, home, dir, ports }, { log = false, flows, routes, port, managementPort, name } = {}) {
  return startProxyStone(home, dir, port ?? ports.proxy, {
    managementPort: managementPort ?? ports.management,
    routes: routes ?? join(bench, flows ? `flows-${flows}` : 'flows'),
    config: join(bench, 'config'),
    name: name ?? (log ? 'proxy-stone-log' : 'proxy-stone'),
    env: { BENCH_ORIGIN: String(ports.origin), BENCH_LOG: String(log), BENCH_LOG_FILE: join(dir, 'access.log') },
  });
}

/** Starts Varnish before the same origin, or nothing if it is not installed. */
export function startVarnish({ dir, ports }) {
  const home = join(dir, 'varnish');
  mkdirSync(home, { recursive: true });
  return startVarnishd(home, ports.other, ports.origin);
}
