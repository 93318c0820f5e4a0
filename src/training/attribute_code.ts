import { Random } from "../statistics/mod.ts";

/** Numbers in a target of `mini-attributes`: as many as in a sentence embedding. */
export const CODE_WIDTH = 384;

/** All attributes that occur, in the order of the alphabet. */
export function listAttributeNames(images: Iterable<readonly string[]>): string[] {
  return [...new Set([...images].flat())].sort();
}

/**
 * `count` orthonormal vectors of `width` numbers, `[count, width]`: normal random numbers, made orthogonal one after the
 * other (Gram–Schmidt, twice, so that rounding does not spoil it). The same arguments give the same numbers.
 *
 * @throws {RangeError} where there are more vectors than numbers.
 */
export function orthonormalVectors(count: number, width: number, seed: number): Float64Array[] {
  if (count > width) {
    throw new RangeError(`Cannot make ${count} orthonormal vectors of ${width} numbers; expected at most ${width}`);
  }
  const random = new Random(seed, "orthonormal"), vectors: Float64Array[] = [];
  for (let index = 0; index < count; index++) {
    const vector = Float64Array.from({ length: width }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const share = other.reduce((sum, value, i) => sum + value * vector[i], 0);
        other.forEach((value, i) => vector[i] -= share * value);
      }
      scaleToUnit(vector);
    }
    vectors.push(vector);
  }
  return vectors;
}

function scaleToUnit(vector: Float64Array): void {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) { for (let i = 0; i < vector.length; i++) vector[i] /= length; }
}

/**
 * The function that makes an image's attributes its target: the sum of the vectors of those that hold, of unit length. As
 * the vectors are orthonormal, two images are as alike as their lists of attributes are. Unknown names are left out.
 *
 * @param names All attributes, {@linkcode CODE_WIDTH} at most.
 */
export function attributeCode(names: readonly string[]): (attributes: readonly string[]) => Float32Array<ArrayBuffer> {
  const vectors = orthonormalVectors(names.length, CODE_WIDTH, 0);
  const places = new Map(names.map((name, place) => [name, place]));
  return (attributes) => {
    const sum = new Float64Array(CODE_WIDTH);
    for (const attribute of attributes) {
      const place = places.get(attribute);
      if (place !== undefined) vectors[place].forEach((value, i) => sum[i] += value);
    }
    scaleToUnit(sum);
    return new Float32Array(sum);
  };
}
