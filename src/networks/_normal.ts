import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { hashName } from "../statistics/mod.ts";

const LN2 = 0.6931471805599453;
const parts = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm of a positive normal number by additions, products and one quotient alone, which every engine
 * rounds the same way; `Math.log` may differ in the last bit, and a seed must give the same bytes everywhere.
 */
export function logarithm(x: number): number {
  parts.setFloat64(0, x);
  const high = parts.getUint32(0);
  let exponent = (high >>> 20) - 1022;
  parts.setUint32(0, (high & 0xfffff) | 0x3fe00000);
  let mantissa = parts.getFloat64(0);
  if (mantissa < 0.7071067811865476) {
    mantissa *= 2;
    exponent--;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let sum = 0;
  for (let power = 21; power >= 1; power -= 2) sum = sum * square + 1 / power;
  return 2 * z * sum + exponent * LN2;
}

/**
 * `size` values from a normal distribution of mean 0 and the given deviation, by Marsaglia's polar method. The stream
 * depends on the seed and the name alone, so tensors come out alike in whatever order they are asked for.
 */
export function normal(size: number, deviation: number, seed: number, name: string): Float32Array {
  const state = [hashName(name, 0x811c9dc5), hashName(name, 0x1234567), seed | 0, 0x9e3779b9 | 0];
  const generator = xoroshiro128plusFromState(state);
  for (let i = 0; i < 16; i++) generator.next();
  const values = new Float32Array(size);
  for (let i = 0; i < size;) {
    const u = generator.next() / 0x80000000;
    const v = generator.next() / 0x80000000;
    const square = u * u + v * v;
    if (square >= 1 || square === 0) continue;
    const scale = deviation * Math.sqrt(-2 * logarithm(square) / square);
    values[i++] = u * scale;
    if (i < size) values[i++] = v * scale;
  }
  return values;
}
