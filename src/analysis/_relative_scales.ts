import type { TapRecording } from "../localizer/mod.ts";

/**
 * The tap's deviation over units and images in every replicate, relative to the observed one, over the sampled units. What a
 * strength is measured by depends on the images too.
 */
export function relativeScales({ sample }: TapRecording, weights: Float32Array, images: number): Float64Array {
  const units = sample.units.length;
  let grand = 0;
  for (let i = 0; i < sample.responses.length; i++) grand += sample.responses[i];
  grand /= Math.max(1, sample.responses.length);
  const means = new Float64Array(images);
  const squares = new Float64Array(images);
  for (let i = 0; i < images; i++) {
    for (let u = 0; u < units; u++) {
      const deviation = sample.responses[i * units + u] - grand;
      means[i] += deviation / units;
      squares[i] += (deviation * deviation) / units;
    }
  }
  const deviationOf = (weight: (image: number) => number): number => {
    let [total, sum, sumOfSquares] = [0, 0, 0];
    for (let i = 0; i < images; i++) {
      total += weight(i);
      sum += weight(i) * means[i];
      sumOfSquares += weight(i) * squares[i];
    }
    return total > 0 ? Math.sqrt(Math.max(0, sumOfSquares / total - (sum / total) ** 2)) : 0;
  };
  const observed = deviationOf(() => 1);
  return Float64Array.from(
    { length: images > 0 ? weights.length / images : 0 },
    (_, r) => (observed > 0 ? deviationOf((i) => weights[r * images + i]) / observed : 1),
  );
}
