import type { Random } from "../../src/statistics/mod.ts";

/** Numbers that parsers get wrong: ends of ranges, and those just beyond. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const MOST_CHANGES = 6;

/**
 * Changes a file: bytes and numbers replaced, parts removed, repeated, moved or taken from another file, ends cut off.
 *
 * @param seeds Files to begin with, at least one.
 * @returns New bytes; the seeds are left as they are.
 */
export function mutateBytes(seeds: readonly Uint8Array[], random: Random): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(seeds[random.integer(seeds.length)]);
  const changes = 1 + random.integer(MOST_CHANGES);
  for (let change = 0; change < changes && bytes.length > 0; change++) {
    bytes = CHANGES[random.integer(CHANGES.length)](bytes, random, seeds);
  }
  return bytes;
}

type Change = (bytes: Uint8Array<ArrayBuffer>, random: Random, seeds: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>;

/** A place, near the beginning half of the time: there headers are. */
function place(length: number, random: Random): number {
  return random.integer(random.uniform() < 0.5 ? length : Math.min(length, 128));
}

function stretch(length: number, random: Random): readonly [from: number, to: number] {
  const from = place(length, random);
  return [from, Math.min(length, from + 1 + random.integer(random.uniform() < 0.8 ? 16 : length))];
}

function splice(bytes: Uint8Array, [from, to]: readonly [number, number], part: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length - (to - from) + part.length);
  out.set(bytes.subarray(0, from));
  out.set(part, from);
  out.set(bytes.subarray(to), from + part.length);
  return out;
}

const CHANGES: readonly Change[] = [
  (bytes, random) => {
    bytes[place(bytes.length, random)] ^= 1 << random.integer(8);
    return bytes;
  },
  (bytes, random) => {
    bytes[place(bytes.length, random)] = random.integer(256);
    return bytes;
  },
  (bytes, random) => {
    const width = [1, 2, 4, 8][random.integer(4)], at = place(bytes.length, random);
    if (at + width > bytes.length) return bytes;
    const view = new DataView(bytes.buffer),
      edge = EDGES[random.integer(EDGES.length)],
      little = random.uniform() < 0.5;
    if (width === 1) view.setUint8(at, edge & 255);
    else if (width === 2) view.setUint16(at, edge & 65535, little);
    else if (width === 4) view.setUint32(at, edge, little);
    else view.setBigUint64(at, BigInt(edge) * (random.uniform() < 0.5 ? 1n : 0x100000001n), little);
    return bytes;
  },
  (bytes, random) => bytes.slice(0, place(bytes.length, random)),
  (bytes, random) => splice(bytes, stretch(bytes.length, random), new Uint8Array()),
  (bytes, random) => {
    const part = bytes.slice(...stretch(bytes.length, random)), at = place(bytes.length, random);
    return splice(bytes, [at, at], part);
  },
  (bytes, random) => {
    const part = bytes.slice(...stretch(bytes.length, random)), at = place(bytes.length, random);
    return splice(bytes, [at, Math.min(bytes.length, at + part.length)], part);
  },
  (bytes, random, seeds) => {
    const other = seeds[random.integer(seeds.length)];
    const at = place(bytes.length, random);
    return splice(bytes, [at, bytes.length], other.subarray(Math.min(at, other.length)));
  },
  (bytes, random) => {
    const part = Uint8Array.from({ length: 1 + random.integer(8) }, () => random.integer(256));
    const at = place(bytes.length, random);
    return splice(bytes, [at, at], part);
  },
];
