import { RunningMoments } from "../statistics/mod.ts";
import type { Batch } from "./batches.ts";
import type { SampledLayer, Slice } from "./_layout.ts";
import type { LayerOutput } from "./_moment_session.ts";
import { free } from "../kernels/mod.ts";

/** A layer while it is being recorded: batches go straight into the bytes of their group. */
export class OpenLayer {
  readonly #running: RunningMoments;
  readonly #width: number;
  #slice: Slice | null = null;

  constructor({ layer, sampled }: SampledLayer) {
    this.#running = new RunningMoments(layer.units, () => this.#slice!);
    this.#width = sampled.length;
  }

  /** Starts a group. */
  begin(slice: Slice): void {
    this.#slice = slice;
  }

  /**
   * Keeps what a batch left, and frees the memory it came in.
   *
   * @returns Whether every number is finite.
   */
  keep({ images, before }: Batch, { mean, variance, sample, channelMeans }: LayerOutput): boolean {
    const { responses, channelMeans: means } = this.#slice!;
    const width = this.#width;
    // Behind the images of a graph of fixed batch size stand those that only fill it.
    responses.set(sample.subarray(0, images.length * width), before * width);
    if (channelMeans !== null) {
      const channels = means.length / this.#slice!.n;
      means.set(channelMeans.subarray(0, images.length * channels), before * channels);
    }
    const finite = this.#running.add(images.length, mean, variance);
    for (const array of [mean, variance, sample, channelMeans]) if (array !== null) free(array);
    return finite;
  }

  /** Ends the group; its slice now holds the moments. */
  finish(): void {
    this.#running.finish();
  }
}
