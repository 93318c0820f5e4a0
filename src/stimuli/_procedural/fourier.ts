import { cos, sin, TAU } from "./arithmetic.ts";

/** A complex signal or picture, real and imaginary parts apart. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform of signals of one length, by splitting it at its prime factors (Cooley and Tukey 1965,
 * https://doi.org/10.1090/S0025-5718-1965-0178586-1); any length works, and one with small factors (64, 224) is quick. Only
 * IEEE arithmetic, so the same numbers everywhere.
 */
export class FourierPlan {
  readonly #length: number;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #kept: Complex;
  #from: Complex;
  #to: Complex;

  constructor(length: number) {
    this.#length = length;
    this.#cosines = Float64Array.from({ length }, (_, k) => cos(TAU * k / length));
    this.#sines = Float64Array.from({ length }, (_, k) => -sin(TAU * k / length));
    this.#kept = { re: new Float64Array(length), im: new Float64Array(length) };
    this.#from = this.#to = this.#kept;
  }

  /** Transforms `from` into `to`, two different buffers of the plan's length; unscaled. */
  transform(from: Complex, to: Complex): void {
    this.#from = from;
    this.#to = to;
    this.#split(this.#length, 1, 0, 0);
  }

  #split(length: number, stride: number, read: number, write: number): void {
    if (length === 1) {
      this.#to.re[write] = this.#from.re[read];
      this.#to.im[write] = this.#from.im[read];
      return;
    }
    const factor = smallestFactor(length), part = length / factor;
    for (let k = 0; k < factor; k++) this.#split(part, stride * factor, read + k * stride, write + k * part);
    if (factor === 2) this.#joinTwo(part, write);
    else this.#join(factor, part, write);
  }

  /** {@linkcode #join} of two parts, with the same arithmetic in the same order. */
  #joinTwo(part: number, write: number): void {
    const { re, im } = this.#to, cosines = this.#cosines, sines = this.#sines;
    const half = this.#length / 2, turn = half / part, minus = cosines[half], rest = sines[half];
    for (let j = 0, a = write, b = write + part, angle = 0; j < part; j++, a++, b++, angle += turn) {
      const c = cosines[angle], s = sines[angle];
      const firstRe = re[a], firstIm = im[a];
      const secondRe = re[b] * c - im[b] * s, secondIm = re[b] * s + im[b] * c;
      re[a] = firstRe + secondRe;
      im[a] = firstIm + secondIm;
      re[b] = firstRe + (secondRe * minus - secondIm * rest);
      im[b] = firstIm + (secondRe * rest + secondIm * minus);
    }
  }

  #join(factor: number, part: number, write: number): void {
    const { re, im } = this.#kept, to = this.#to, whole = this.#length, cosines = this.#cosines, sines = this.#sines;
    const turn = whole / (part * factor), fold = whole / factor;
    for (let j = 0; j < part; j++) {
      for (let k = 0; k < factor; k++) {
        const at = write + k * part + j, angle = j * k * turn, c = cosines[angle], s = sines[angle];
        re[k] = to.re[at] * c - to.im[at] * s;
        im[k] = to.re[at] * s + to.im[at] * c;
      }
      for (let q = 0; q < factor; q++) {
        let sumRe = 0, sumIm = 0;
        for (let k = 0; k < factor; k++) {
          const angle = (k * q * fold) % whole, c = cosines[angle], s = sines[angle];
          sumRe += re[k] * c - im[k] * s;
          sumIm += re[k] * s + im[k] * c;
        }
        to.re[write + q * part + j] = sumRe;
        to.im[write + q * part + j] = sumIm;
      }
    }
  }
}

function smallestFactor(n: number): number {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return p;
  return n;
}

/** The two-dimensional transform of a row-major picture, in a new one; unscaled. */
export function fourier2d(picture: Complex, width: number, height: number): Complex {
  const along = lines(picture, width, height);
  return lines(along, height, width);
}

/** Transforms every row and writes it as a column, so that doing it twice transforms both ways and restores the layout. */
function lines(picture: Complex, width: number, height: number): Complex {
  const plan = new FourierPlan(width), out = empty(width * height), line = empty(width), result = empty(width);
  for (let y = 0; y < height; y++) {
    line.re.set(picture.re.subarray(y * width, (y + 1) * width));
    line.im.set(picture.im.subarray(y * width, (y + 1) * width));
    plan.transform(line, result);
    for (let x = 0; x < width; x++) {
      out.re[x * height + y] = result.re[x];
      out.im[x * height + y] = result.im[x];
    }
  }
  return out;
}

function empty(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}
