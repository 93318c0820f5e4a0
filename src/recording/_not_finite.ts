import type { Feed } from "./image_feed.ts";
import type { SampledLayer } from "./_layout.ts";
import type { MomentSession } from "./_moment_session.ts";
import type { RecordedImage } from "./recording.ts";

/**
 * Finds out which image of a batch gave a response that is not finite, by running them one by one, and says so.
 *
 * @param feed The batch as it ran.
 * @param group The images of its group.
 */
export async function explainNotFinite(
  session: MomentSession,
  layers: readonly SampledLayer[],
  images: readonly RecordedImage[],
  { feed, group }: { readonly feed: Feed; readonly group: readonly number[] },
): Promise<Error> {
  const [places, ...shape] = feed.images.shape;
  const size = feed.images.data.length / places;
  for (const [place, index] of feed.batch.images.entries()) {
    const data = new Float32Array(feed.images.data.length);
    // The same image everywhere: its batch has its own responses as their mean, and the graph keeps its batch size.
    for (let to = 0; to < places; to++) {
      data.set(feed.images.data.subarray(place * size, (place + 1) * size) as Float32Array, to * size);
    }
    const weights = { data: new Float32Array(places).fill(1 / places), shape: [1, places] };
    const alone = { group: feed.batch.group, images: [index], before: 0, last: true };
    const outputs = await session.run({ batch: alone, images: { data, shape: [places, ...shape] }, weights });
    for (const [k, { moments }] of outputs.entries()) {
      const { mean } = moments!;
      const unit = mean.findIndex((value) => !Number.isFinite(value));
      if (unit === -1) continue;
      return new Error(
        `Cannot record layer "${layers[k].layer.name}": the response of unit ${unit} to image "${
          images[index].id
        }" is ` +
          `${mean[unit]}; expected finite numbers`,
      );
    }
  }
  const { before, images: own } = feed.batch;
  const ids = (session.carries ? group.slice(0, before + own.length) : own).map((index) => `"${images[index].id}"`)
    .join(", ");
  return new Error(
    `Cannot record the network: squared responses to ${ids} exceed what float32 holds; expected smaller responses`,
  );
}
