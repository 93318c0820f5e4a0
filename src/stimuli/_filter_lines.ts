import { type AxisWeights, PRECISION } from "./_axis_weights.ts";

/** Where the samples of parallel lines lie: sample `i` of line `k` at `start + i * step + k * stride`. */
export interface Lines {
  readonly start: number;
  readonly step: number;
  readonly stride: number;
  readonly lines: number;
}

/** Taps of the filter that are applied at once; more of them do not stay in registers. */
const TAPS = 4;
const HALF = 1 << (PRECISION - 1);

/**
 * Filters every line, in fixed point, and rounds to 8 bits. A tap's weight is the same for all lines, so that the inner loop
 * runs over them.
 *
 * @returns Transposed, `[samples, lines]`: the same filter again goes along the other axis.
 */
export function filterLines(
  source: Uint8Array | Uint8ClampedArray,
  { start, step, stride, lines }: Lines,
  { first, count, weights, stride: row }: AxisWeights,
): Uint8Array {
  const out = new Uint8ClampedArray(first.length * lines);
  const sums = new Int32Array(lines);
  for (let i = 0; i < first.length; i++) {
    sums.fill(HALF);
    for (let tap = 0; tap < count[i]; tap += TAPS) {
      const left = count[i] - tap, at = i * row + tap;
      // A tap too many has weight 0 and looks at the first again.
      const a = weights[at];
      const b = left > 1 ? weights[at + 1] : 0, toB = left > 1 ? step : 0;
      const c = left > 2 ? weights[at + 2] : 0, toC = left > 2 ? 2 * step : 0;
      const d = left > 3 ? weights[at + 3] : 0, toD = left > 3 ? 3 * step : 0;
      let from = start + (first[i] + tap) * step;
      for (let line = 0; line < lines; line++, from += stride) {
        sums[line] += Math.imul(source[from], a) + Math.imul(source[from + toB], b) +
          Math.imul(source[from + toC], c) + Math.imul(source[from + toD], d);
      }
    }
    for (let line = 0, to = i * lines; line < lines; line++) out[to++] = sums[line] >> PRECISION;
  }
  return new Uint8Array(out.buffer);
}
