// One round of load by wrk.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Puts load on a URL and tells requests per second, errors, latencies and the processor time a process used for it. */
export async function load(bench, url, { connections, seconds, method = 'GET', body = 0 }, measured) {
  const threads = connections === 1 ? 1 : 2;
  const before = measured?.cpuSeconds() ?? 0;
  const { stdout } = await run('wrk',
    ['-t', threads, '-c', connections, '-d', `${seconds}s`, '--timeout', '10s', '-s', join(bench, 'peer/report.lua'), url].map(String),
    { env: { ...process.env, METHOD: method, BODY: String(body) }, maxBuffer: 1 << 24 });
  const result = JSON.parse(stdout.match(/RESULT (.*)/)[1]);
  const cpu = (measured?.cpuSeconds() ?? 0) - before;
  return {
    rate: (result.requests * 1e6) / result.micros,
    errors: result.errors,
    p50: result.p50 / 1000,
    p99: result.p99 / 1000,
    cpuMicros: (cpu * 1e6) / Math.max(1, result.requests),
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
