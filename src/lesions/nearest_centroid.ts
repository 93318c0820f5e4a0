/** A class's mean; null where the class has no image. */
export type Centroid = Float32Array | Float64Array | null;

/**
 * The class whose centroid is nearest to a row of features in Euclidean distance; of equally near ones the first.
 *
 * @param features `[features]`.
 * @param centroids One per class, `[features]` each.
 * @returns Its index; -1 where there is no centroid or no distance is a number.
 */
export function nearestCentroid(features: Float32Array, centroids: readonly Centroid[]): number {
  let nearest = -1, least = Infinity;
  centroids.forEach((centroid, index) => {
    if (centroid === null) return;
    let distance = 0;
    for (let i = 0; i < features.length; i++) distance += (features[i] - centroid[i]) ** 2;
    if (distance < least) {
      least = distance;
      nearest = index;
    }
  });
  return nearest;
}
