// Bodies of 1 GiB down and up: memory, checksum, and throughput beside nginx.
import { createHash } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startOrigin, startPeer, startProxy } from './origin.mjs';
import { start } from './processes.mjs';
import { median } from './wrk.mjs';

const SIZE = 2 ** 30;

export async function run(context) {
  const origin = await startOrigin(context);
  const file = join(context.dir, 'files/gib');
  const expected = fill(file);
  const proxy = await startProxy(context);
  const peer = await startPeer(context);
  const url = (port, path) => `http://127.0.0.1:${port}${path}`;
  const { proxy: ours, peer: theirs } = context.ports;

  const upload = (port) => curl('-o', '/dev/null', '-w', '%{speed_upload}', '-H', 'Expect:', '-T', file, '-X', 'POST', url(port, '/up'));
  const download = (port) => curl('-o', '/dev/null', '-w', '%{speed_download}', url(port, '/gib'));

  download(ours);
  const before = proxy.residentMiB();
  const down = hash(url(ours, '/gib'));
  const afterDown = proxy.residentMiB();
  const throughput = { down: [[], []], up: [[], []] };
  for (let round = 0; round < context.rounds; round++) {
    [ours, theirs].forEach((port, side) => throughput.down[side].push(download(port)));
  }
  await origin.stop();
  const sink = await start(process.execPath, [join(context.bench, 'lib/sink.mjs'), String(context.ports.origin)], {
    log: join(context.dir, 'sink.log'), port: context.ports.origin,
  });
  upload(ours);
  for (let round = 0; round < context.rounds; round++) {
    [ours, theirs].forEach((port, side) => throughput.up[side].push(upload(port)));
  }
  const afterUp = proxy.residentMiB();
  await sink.stop();
  const up = await hashOfUpload(context.ports.origin, file, url(ours, '/up'));
  await Promise.all([proxy.stop(), peer.stop()]);

  const row = (name, [a, b]) => {
    const [x, y] = [median(a), median(b)];
    return `| ${name} | ${(x / 2 ** 20).toFixed(0)} | ${(y / 2 ** 20).toFixed(0)} | **${(x / y).toFixed(2)}** |`;
  };
  return [
    '# Bodies of 1 GiB', '',
    '| one connection | Proxy Stone MiB/s | nginx MiB/s | ratio |', '|---|---|---|---|',
    row('download', throughput.down), row('upload', throughput.up), '',
    `SHA-256 through the proxy: download ${down === expected ? 'equal' : 'DIFFERENT'}, upload ${up === expected ? 'equal' : 'DIFFERENT'}.`, '',
    `Resident memory: ${before.toFixed(0)} MiB after one download, ${afterDown.toFixed(0)} MiB after the second,`,
    `${afterUp.toFixed(0)} MiB after ${context.rounds} more and ${context.rounds + 1} uploads.`, '',
  ].join('\n');
}

/** Fills a file with what does not compress and tells its checksum. */
function fill(file) {
  const digest = createHash('sha256');
  const out = openSync(file, 'w');
  const piece = Buffer.alloc(1 << 20);
  for (let i = 0, seed = 1; i < SIZE; i += piece.length) {
    for (let at = 0; at < piece.length; at += 4) {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      piece.writeInt32LE(seed, at);
    }
    digest.update(piece);
    writeSync(out, piece);
  }
  closeSync(out);
  return digest.digest('hex');
}

const curl = (...args) => Number(execFileSync('curl', ['-sf', ...args]).toString());

const hash = (url) => execFileSync('sh', ['-c', `curl -sf ${url} | sha256sum`]).toString().split(' ')[0];

/** Uploads to an origin that tells the checksum of what it got. */
async function hashOfUpload(port, file, url) {
  const server = createServer((request, response) => {
    const digest = createHash('sha256');
    request.on('data', (data) => digest.update(data));
    request.on('end', () => response.end(digest.digest('hex')));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const child = spawn('curl', ['-sf', '-T', file, '-X', 'POST', url]);
  let answer = '';
  for await (const data of child.stdout) answer += data;
  server.closeAllConnections();
  server.close();
  return answer;
}
