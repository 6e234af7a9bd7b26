// Throughput, latency, processor time and memory beside nginx.
import { SIZES, startOrigin, startPeer, startProxy } from './origin.mjs';
import { load, median } from './wrk.mjs';

const FIRST_WARM_UP_SECONDS = 25;
const WARM_UP_SECONDS = 5;

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
    'Requests per second: the median of alternating rounds, with their range. Ratio: this proxy to nginx, of the medians.',
    'CPU: processor time of the proxy per request. Latencies in milliseconds as wrk sees them.', '',
  ];
  for (const log of [false, true]) {
    const proxy = await startProxy(context, { log });
    const peer = await startPeer(context, { log });
    const cases = (log ? CASES_WITH_LOG : CASES).filter(({ name }) => context.cases.test(name));
    text.push(`## Access log ${log ? 'on, combined format' : 'off'}`, '', ...(await measure(context, cases, proxy, peer)), '');
    text.push(`Peak resident memory: Proxy Stone ${proxy.peakMiB().toFixed(0)} MiB, nginx ${peer.peakMiB().toFixed(0)} MiB (of all its workers).`, '');
    await proxy.stop();
    await peer.stop();
  }
  await origin.stop();
  return text.join('\n');
}

async function measure(context, cases, proxy, peer) {
  const rows = [
    '| case | Proxy Stone | nginx | ratio | p50 | p99 | CPU µs | errors |',
    '|---|---|---|---|---|---|---|---|',
  ];
  for (const each of cases) {
    const sides = [
      { process: proxy, url: `http://127.0.0.1:${context.ports.proxy}${each.path}`, rounds: [] },
      { process: peer, url: `http://127.0.0.1:${context.ports.peer}${each.path}`, rounds: [] },
    ];
    const warmUp = each === cases[0] ? FIRST_WARM_UP_SECONDS : WARM_UP_SECONDS;
    await load(context.bench, sides[0].url, { ...each, seconds: warmUp });
    await load(context.bench, sides[1].url, { ...each, seconds: 2 });
    for (let round = 0; round < context.rounds; round++) {
      for (const side of round % 2 ? [...sides].reverse() : sides) {
        side.rounds.push(await load(context.bench, side.url, { ...each, seconds: context.seconds }, side.process));
      }
    }
    const row = format(each.name, sides);
    console.error(row);
    rows.push(row);
  }
  return rows;
}

function format(name, sides) {
  const figures = sides.map(({ rounds }) => {
    const of = (key) => median(rounds.map((round) => round[key]));
    const rates = rounds.map(({ rate }) => rate);
    return {
      rate: of('rate'), low: Math.min(...rates), high: Math.max(...rates),
      p50: of('p50'), p99: of('p99'), cpu: of('cpuMicros'), errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    };
  });
  const pair = (show) => figures.map(show).join(' / ');
  const rate = ({ rate, low, high }) => `${number(rate)} (${number(low)}–${number(high)})`;
  return `| ${name} | ${rate(figures[0])} | ${rate(figures[1])} | **${(figures[0].rate / figures[1].rate).toFixed(2)}** `
    + `| ${pair((f) => f.p50.toFixed(2))} | ${pair((f) => f.p99.toFixed(2))} | ${pair((f) => f.cpu.toFixed(1))} | ${pair((f) => f.errors)} |`;
}

const number = (value) => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));
