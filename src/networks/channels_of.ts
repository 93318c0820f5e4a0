/**
 * How many channels a layer has: dimensions of `[tokens, dimensions]`, else what the first axis of its shape holds.
 *
 * @param shape Shape without the batch.
 */
export function channelsOf(shape: readonly number[]): number {
  return shape.length === 2 ? shape[1] : shape[0];
}
