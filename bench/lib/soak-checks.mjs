// What must be true of the proxy's process during and after a soak.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

// The management port's, the flows' that serve, and former ones that caches of Camel let go with the next revision.
const MOST_CONTEXTS = 5;
const MOST_HEAP_GROWTH = 24;
const MOST_THREAD_GROWTH = 4;

/** The process as it is now, after a full collection: live heap in MiB, threads, Camel contexts, what is open. */
export async function snapshot(proxy, managementPort) {
  const jcmd = join(dirname(readlinkSync(`/proc/${proxy.pid}/exe`)), 'jcmd');
  const command = async (name) => (existsSync(jcmd) ? (await run(jcmd, [String(proxy.pid), name], { maxBuffer: 1 << 26 })).stdout : '');
  await command('GC.run');
  await command('GC.run');
  const histogram = await command('GC.class_histogram');
  const count = (type) => Number(histogram.match(new RegExp(`\\s(\\d+)\\s+\\d+\\s+${type.replaceAll('.', '\\.')}(\\s|$)`, 'm'))?.[1] ?? 0);
  const metrics = await (await fetch(`http://127.0.0.1:${managementPort}/metrics`)).text();
  const metric = (name) => metrics.split('\n').filter((line) => line.startsWith(name)).reduce((all, line) => all + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    heapMiB: metric('jvm_memory_used_bytes{area="heap"') / 2 ** 20,
    residentMiB: proxy.residentMiB(),
    threads: metric('jvm_threads_live_threads'),
    contexts: count('org.apache.camel.impl.DefaultCamelContext'),
    inFlight: metric('proxy_stone_requests_in_flight'),
    connections: metric('proxy_stone_connections{') + metric('proxy_stone_connections '),
    revision: metric('proxy_stone_revision '),
    rejections: metric('proxy_stone_revision_rejections_total'),
  };
}

/** What is wrong with the process at the end, by two snapshots and its log. */
export function problems(early, late, log) {
  const text = readFileSync(log, 'utf8');
  const found = [];
  const expect = (condition, message) => condition || found.push(message);
  expect(!text.includes('LEAK:'), 'Netty reported a leaked buffer');
  expect(!/\bERROR\b(?!.*Change rejected)/.test(text), `errors in the log: ${text.match(/.*\bERROR\b(?!.*Change rejected).*/)?.[0]}`);
  expect(late.inFlight === 0, `${late.inFlight} requests are still in flight`);
  expect(late.connections === 0, `${late.connections} connections are still open`);
  expect(late.contexts <= MOST_CONTEXTS, `${late.contexts} Camel contexts are left`);
  expect(late.threads - early.threads <= MOST_THREAD_GROWTH, `threads grew from ${early.threads} to ${late.threads}`);
  expect(late.heapMiB - early.heapMiB <= MOST_HEAP_GROWTH, `live heap grew from ${early.heapMiB} to ${late.heapMiB} MiB`);
  return found;
}
