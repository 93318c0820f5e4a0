/** How an image is made smaller or larger. */
export type Interpolation = "bilinear" | "bicubic" | "nearest";

/** Which source samples make each output sample of one axis, and with what fixed-point weights. */
export interface AxisWeights {
  /** First source sample, per output sample. */
  readonly first: Int32Array;
  /** Number of source samples, per output sample. */
  readonly count: Int32Array;
  /** `[output samples, stride]` weights with {@linkcode PRECISION} fractional bits. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** Fractional bits of a weight: what 32-bit sums of 8-bit samples leave after two bits of head room. */
export const PRECISION = 22;

const SUPPORT = { bilinear: 1, bicubic: 2 } as const;

/**
 * Weights of the antialiased resampling of one axis, as Pillow rounds them, for the output samples `from`..`from + length`.
 */
export function axisWeights(
  source: number,
  target: number,
  { interpolation, from, length }: { interpolation: Interpolation; from: number; length: number },
): AxisWeights {
  if (interpolation === "nearest") return nearestAxis(source, target, from, length);
  const scale = source / target;
  const spread = Math.max(scale, 1);
  const support = SUPPORT[interpolation] * spread;
  const stride = Math.ceil(support) * 2 + 1;
  const kernel = interpolation === "bilinear" ? triangle : cubic;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  const exact = new Float64Array(stride);
  for (let i = 0; i < length; i++) {
    const centre = (from + i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(source, Math.trunc(centre + support + 0.5));
    let total = 0;
    for (let k = 0; k < end - start; k++) {
      exact[k] = kernel((k + start - centre + 0.5) * (1 / spread));
      total += exact[k];
    }
    first[i] = start;
    count[i] = end - start;
    for (let k = 0; k < end - start; k++) weights[i * stride + k] = fixed(total === 0 ? exact[k] : exact[k] / total);
  }
  return { first, count, weights, stride };
}

/** The source sample under each output sample's centre; the position is accumulated, as Pillow does, not multiplied. */
function nearestAxis(source: number, target: number, from: number, length: number): AxisWeights {
  const scale = source / target;
  const first = new Int32Array(length);
  let position = scale * 0.5;
  for (let i = 0; i < from + length; i++) {
    if (i >= from) first[i - from] = Math.min(source - 1, Math.trunc(position));
    position += scale;
  }
  return {
    first,
    count: new Int32Array(length).fill(1),
    weights: new Int32Array(length).fill(1 << PRECISION),
    stride: 1,
  };
}

function fixed(weight: number): number {
  return Math.trunc(weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
}

function triangle(x: number): number {
  const distance = Math.abs(x);
  return distance < 1 ? 1 - distance : 0;
}

/** Keys' cubic convolution with a = −0.5. */
function cubic(x: number): number {
  const a = -0.5;
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  if (d < 2) return (((d - 5) * d + 8) * d - 4) * a;
  return 0;
}
