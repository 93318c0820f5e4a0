/** Adam with decoupled weight decay (Loshchilov & Hutter 2019, arXiv:1711.05101). */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Applied to tensors of two and more axes only. */
  readonly weightDecay: number;
}

/** What the mini networks are trained with. */
export const ADAM: AdamOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01 };

/** A tensor in training, with the running means of its gradient and of the gradient's square. */
export interface AdamState {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * One step of Adam, in place.
 *
 * @param gradient As long as the tensor.
 * @param step Steps done before, from 0.
 * @param rate The learning rate.
 */
export function stepAdam(
  { shape, data, first, second }: AdamState,
  gradient: Float32Array,
  { step, rate, options }: { readonly step: number; readonly rate: number; readonly options: AdamOptions },
): void {
  const { beta1, beta2, epsilon, weightDecay } = options, decay = shape.length > 1 ? weightDecay : 0;
  const firstScale = 1 / (1 - beta1 ** (step + 1)), secondScale = 1 / (1 - beta2 ** (step + 1));
  for (let i = 0; i < data.length; i++) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
    second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i];
    const direction = first[i] * firstScale / (Math.sqrt(second[i] * secondScale) + epsilon);
    data[i] -= rate * (direction + decay * data[i]);
  }
}

/**
 * The learning rate of a step: up in a line over the first twentieth, then down along a half cosine to zero.
 *
 * @param step Counted from 0.
 */
export function cosineRate(step: number, steps: number, peak: number): number {
  const warm = Math.max(1, Math.round(steps / 20));
  if (step < warm) return peak * (step + 1) / warm;
  return peak * 0.5 * (1 + Math.cos(Math.PI * (step - warm) / Math.max(1, steps - warm)));
}
