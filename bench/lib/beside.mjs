// Measures cases of load on several proxies in alternating rounds.
import { load, median } from './wrk.mjs';

const FIRST_WARM_UP_SECONDS = 25;
const WARM_UP_SECONDS = 5;
const PEER_WARM_UP_SECONDS = 2;

/**
 * Rows of a table: each case on each side ({ name, process, port }), the first of which is this proxy. Ratios are of the
 * medians, this proxy to each of the others.
 */
export async function measure(context, cases, sides) {
  const [own, ...peers] = sides.map(({ name }) => name);
  const rows = [
    `| case | ${[own, ...peers].join(' | ')} | ${peers.map((name) => `to ${name}`).join(' | ')} | p50 | p99 | CPU µs | errors |`,
    `|---|${'---|'.repeat(sides.length + peers.length + 4)}`,
  ];
  for (const each of cases) {
    const runs = sides.map((side) => ({ ...side, url: `http://127.0.0.1:${side.port}${each.path}`, rounds: [] }));
    for (const run of runs) {
      const own = run === runs[0];
      const seconds = !own ? PEER_WARM_UP_SECONDS : each === cases[0] ? FIRST_WARM_UP_SECONDS : WARM_UP_SECONDS;
      await load(context.bench, run.url, { ...each, seconds });
    }
    for (let round = 0; round < context.rounds; round++) {
      for (const run of round % 2 ? [...runs].reverse() : runs) {
        run.rounds.push(await load(context.bench, run.url, { ...each, seconds: context.seconds }, run.process));
      }
    }
    const row = format(each.name, runs);
    console.error(row);
    rows.push(row);
  }
  return rows;
}

function format(name, runs) {
  const figures = runs.map(({ rounds }) => {
    const of = (key) => median(rounds.map((round) => round[key]));
    const rates = rounds.map(({ rate }) => rate);
    return {
      rate: of('rate'), low: Math.min(...rates), high: Math.max(...rates),
      p50: of('p50'), p99: of('p99'), cpu: of('cpuMicros'), errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    };
  });
  const all = (show) => figures.map(show).join(' / ');
  const rates = figures.map(({ rate, low, high }) => `${number(rate)} (${number(low)}–${number(high)})`);
  const ratios = figures.slice(1).map(({ rate }) => `**${(figures[0].rate / rate).toFixed(2)}**`);
  return `| ${[name, ...rates, ...ratios, all((f) => f.p50.toFixed(2)), all((f) => f.p99.toFixed(2)),
    all((f) => f.cpu.toFixed(1)), all((f) => f.errors)].join(' | ')} |`;
}

const number = (value) => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));
