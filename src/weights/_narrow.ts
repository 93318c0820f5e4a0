/** Element types that tensors are written as, in the format's own words. */
export type WrittenType = "F32" | "F16" | "I8";

/** Bytes of an element. */
export const WRITTEN_BYTES: Readonly<Record<WrittenType, number>> = { F32: 4, F16: 2, I8: 1 };

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The nearest whole number, of two that are equally near the even one; of a number that is not negative. */
function roundToEven(value: number): number {
  const below = Math.floor(value), rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** A float32 as IEEE binary16; one too large becomes an infinity. */
function toHalf(value: number): number {
  single[0] = value;
  const bits = singleBits[0], sign = (bits >>> 16) & 0x8000;
  if (Number.isNaN(value)) return 0x7e00;
  const size = Math.abs(single[0]);
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = ((bits >>> 23) & 0xff) - 127;
  // Where the fraction is rounded up to two, the exponent grows by one, as it should.
  const fraction = exponent > 15 ? Infinity : roundToEven(size * 2 ** (10 - exponent)) - 1024;
  return sign | Math.min(0x7c00, ((exponent + 15) << 10) + fraction);
}

/**
 * A tensor's elements as they are stored, little-endian, each rounded to the nearest that the type has, ties to even.
 *
 * @throws {RangeError} where one is beyond the type's range.
 */
export function narrow(data: Float32Array, type: WrittenType): Uint8Array {
  if (type === "F32") return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = new Uint8Array(data.length * WRITTEN_BYTES[type]), view = new DataView(bytes.buffer);
  data.forEach((value, index) => {
    if (type === "F16") {
      const half = toHalf(value);
      if (Number.isFinite(value) && (half & 0x7fff) === 0x7c00) throw outOfRange(value, "±65504, float16's range");
      view.setUint16(2 * index, half, true);
    } else {
      const whole = Math.sign(value) * roundToEven(Math.abs(value));
      if (!(whole >= -128 && whole <= 127)) throw outOfRange(value, "−128 to 127, int8's range");
      view.setInt8(index, whole);
    }
  });
  return bytes;
}

function outOfRange(value: number, range: string): RangeError {
  return new RangeError(`it holds ${value}; expected values within ${range}`);
}
