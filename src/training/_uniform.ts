import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A generator that depends on a seed and a name alone. */
function generatorFor(seed: number, name: string): { next(): number } {
  let a = 0x811c9dc5, b = 0x2545f491;
  for (const byte of new TextEncoder().encode(name)) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b);
  }
  const generator = xoroshiro128plusFromState([a, b, seed | 0, 0x9e3779b9 | 0]);
  for (let i = 0; i < 16; i++) generator.next();
  return generator;
}

/** `size` values uniform in ±`bound`, the same for a seed and a name on every platform. */
export function uniform(size: number, bound: number, seed: number, name: string): Float32Array<ArrayBuffer> {
  const generator = generatorFor(seed, name);
  return Float32Array.from({ length: size }, () => bound * generator.next() / 0x80000000);
}

/** The numbers from 0 to `size − 1` in an order that depends on a seed and a name alone. */
export function shuffled(size: number, seed: number, name: string): Uint32Array<ArrayBuffer> {
  const generator = generatorFor(seed, name);
  const order = Uint32Array.from({ length: size }, (_, place) => place);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor((generator.next() >>> 0) / 4294967296 * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
