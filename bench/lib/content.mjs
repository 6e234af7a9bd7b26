// Content that both ends of a soak can make from its size and a seed, so that every octet can be checked.
import { createHash } from 'node:crypto';

/** A seeded source of numbers in [0, 1). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function content(size, seed) {
  const octets = Buffer.alloc(size);
  const next = random(seed);
  for (let at = 0; at + 4 <= size; at += 4) octets.writeUInt32LE(Math.floor(next() * 2 ** 32), at);
  return octets;
}

export const sum = (octets) => createHash('sha1').update(octets).digest('hex');
