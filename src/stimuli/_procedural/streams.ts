/** Which stream of random numbers a drawing belongs to; no two streams share a generator state. */
export const STREAMS = {
  train: 1,
  validation: 2,
  localizer: 3,
  order: 4,
  scramble: 5,
  localizerScramble: 6,
  test: 7,
  captions: 8,
} as const;
