import { uniformInt } from "pure-rand/distribution/uniformInt";
import { hashName } from "./hash_name.ts";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/**
 * Draws units of a layer without replacement, every subset of that size equally likely (Floyd's method).
 *
 * The draw depends on the seed, the layer's name and the two sizes alone, so networks with the same trunk are sampled at the
 * same units.
 *
 * @param units How many units the layer has.
 * @param count How many to draw; all of them where there are no more.
 * @param seed A whole number in 32 bits.
 * @param layer The layer's name.
 * @returns Flat indices, ascending.
 * @throws {RangeError} where there are no units, or the count is no whole number from 1.
 */
export function sampleUnits(units: number, count: number, seed: number, layer: string): Uint32Array {
  if (!(Number.isInteger(units) && units > 0)) {
    throw new RangeError(`Cannot sample units of "${layer}": it has ${units}; expected a whole number from 1`);
  }
  if (!(Number.isInteger(count) && count > 0)) {
    throw new RangeError(`Cannot sample ${count} units of "${layer}"; expected a whole number from 1`);
  }
  if (count >= units) return Uint32Array.from({ length: units }, (_, i) => i);
  const generator = xoroshiro128plusFromState([hashName(layer), hashName(layer, 0x2545f491), seed | 0, units | 0]);
  // The first numbers still show how alike the states of neighbouring seeds are.
  for (let i = 0; i < 16; i++) generator.next();
  const drawn = new Set<number>();
  for (let last = units - count; last < units; last++) {
    const unit = uniformInt(generator, 0, last);
    drawn.add(drawn.has(unit) ? last : unit);
  }
  return Uint32Array.from(drawn).sort();
}
