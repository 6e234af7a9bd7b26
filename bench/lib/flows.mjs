// One flow on the port and 500: the router's cost must not depend on their number.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZES, startOrigin, startProxy } from './origin.mjs';
import { load, median } from './wrk.mjs';

const FLOWS = 500;

export async function run(context) {
  const origin = await startOrigin(context);
  const routes = join(context.dir, 'many');
  mkdirSync(routes);
  const shared = ['/', ...Array.from({ length: FLOWS - 1 }, (_, i) => `/service-${i}/v1`)];
  writeFileSync(join(routes, 'many.camel.yaml'), shared.map(flow).join(''));
  const one = await startProxy(context);
  const many = await startProxy(context, {
    routes, port: context.ports.other, managementPort: context.ports.otherManagement, name: 'proxy-stone-many',
  });
  const sides = [context.ports.proxy, context.ports.other].map((port) => ({
    url: `http://127.0.0.1:${port}/f${SIZES['1 KiB']}`, rates: [], errors: 0,
  }));
  for (const { url } of sides) await load(context.bench, url, { connections: 32, seconds: 10 });
  for (let round = 0; round < context.rounds; round++) {
    for (const side of round % 2 ? [...sides].reverse() : sides) {
      const { rate, errors } = await load(context.bench, side.url, { connections: 32, seconds: context.seconds });
      side.rates.push(rate);
      side.errors += errors;
    }
  }
  const [first, second] = sides.map(({ rates }) => median(rates));
  await Promise.all([one.stop(), many.stop(), origin.stop()]);
  return [
    '# Flows on one port', '',
    'GET 1 KiB, 32 connections, medians of alternating rounds.', '',
    '| flows | requests/s | errors |', '|---|---|---|',
    `| 1 | ${Math.round(first).toLocaleString('en')} | ${sides[0].errors} |`,
    `| ${FLOWS} | ${Math.round(second).toLocaleString('en')} | ${sides[1].errors} |`,
    '', `Ratio: **${(second / first).toFixed(2)}**`, '',
  ].join('\n');
}

const flow = (path, index) => `- route:
    id: flow-${index}
    from:
      uri: netty-http:http://127.0.0.1:{{proxy.port}}${path}
      parameters:
        matchOnUriPrefix: true
      steps:
        - to: upstream:origin
`;
