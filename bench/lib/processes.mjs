// The processes of a benchmark: started, measured by /proc, and ended.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TICKS = Number(execFileSync('getconf', ['CLK_TCK']));
const running = new Set();

/** A process and the ones it started. */
export class Running {
  constructor(child) {
    this.child = child;
    this.pid = child.pid;
    running.add(this);
  }

  pids() {
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => parentOf(name) === this.pid)
      .map(Number);
    return [this.pid, ...children];
  }

  /** Processor time used so far, in seconds. */
  cpuSeconds() {
    return sum(this.pids().map((pid) => {
      const fields = afterName(pid);
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    }));
  }

  /** Resident memory now, in MiB. */
  residentMiB() {
    return sum(this.pids().map((pid) => statusKiB(pid, 'VmRSS'))) / 1024;
  }

  /** The most resident memory so far, in MiB. */
  peakMiB() {
    return sum(this.pids().map((pid) => statusKiB(pid, 'VmHWM'))) / 1024;
  }

  async stop() {
    running.delete(this);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const forced = setTimeout_(() => this.child.kill('SIGKILL'), 40_000);
    await ended;
    clearTimeout(forced);
  }
}

function setTimeout_(action, millis) {
  const timer = globalThis.setTimeout(action, millis);
  timer.unref();
  return timer;
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function afterName(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function parentOf(pid) {
  try {
    return Number(afterName(pid)[1]);
  } catch {
    return 0;
  }
}

function statusKiB(pid, key) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${key}:\\s+(\\d+)`, 'm'));
  return line ? Number(line[1]) : 0;
}

export async function stopAll() {
  await Promise.all([...running].map((each) => each.stop()));
}

/** Starts a program whose output goes to a file, and waits until it listens. */
export async function start(command, args, { log, port, env = {}, cwd }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { stdio: ['ignore', out, out], env: { ...process.env, ...env }, cwd });
  const process_ = new Running(child);
  for (let i = 0; i < 1200; i++) {
    if (child.exitCode !== null) throw new Error(`${command} ended: see ${log}\n${readFileSync(log, 'utf8').slice(-2000)}`);
    if (await accepts(port)) return process_;
    await sleep(50);
  }
  throw new Error(`${command} does not listen on ${port} after a minute; see ${log}`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

/** Starts nginx with one of the configurations in bench/peer. */
export async function startNginx(template, name, dir, port, values) {
  let text = readFileSync(template, 'utf8');
  for (const [key, value] of Object.entries({ dir, ...values })) text = text.replaceAll(`@${key}@`, value);
  const file = join(dir, `${name}.conf`);
  writeFileSync(file, text);
  const program = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(existsSync);
  if (!program) throw new Error('nginx is missing: apt-get install nginx-light');
  return start(program, ['-c', file, '-p', dir, '-g', 'daemon off;'], { log: join(dir, `${name}.log`), port });
}

/** Starts Varnish before an origin, with its cache in memory; null if it is not installed. */
export async function startVarnishd(dir, port, originPort) {
  const program = ['/usr/sbin/varnishd', '/usr/bin/varnishd', '/usr/local/sbin/varnishd'].find(existsSync);
  if (!program) return null;
  return start(program,
    ['-F', '-j', 'none', '-n', dir, '-a', `127.0.0.1:${port}`, '-b', `127.0.0.1:${originPort}`, '-s', 'malloc,256m', '-T', 'none'],
    { log: join(dir, 'varnish.log'), port });
}

/** Starts this proxy as its users do. */
export async function startProxyStone(home, dir, port, { managementPort, routes, config, env = {}, name = 'proxy-stone' }) {
  mkdirSync(dir, { recursive: true });
  return start(join(home, 'bin/proxy-stone'),
    ['run', '--port', port, '--management-port', managementPort, '--routes', routes, '--config', config].map(String),
    { log: join(dir, `${name}.log`), port, env, cwd: dir });
}
