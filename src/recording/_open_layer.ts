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
  /** Images of the group whose moments are still on the device. */
  #carried = 0;

  constructor({ layer, sampled }: SampledLayer) {
    this.#running = new RunningMoments(layer.units, () => this.#slice!);
    this.#width = sampled.length;
  }

  /** Starts a group. */
  begin(slice: Slice): void {
    this.#slice = slice;
    this.#carried = 0;
  }

  /**
   * Keeps what a batch left, and frees the memory it came in.
   *
   * @returns Whether every number is finite.
   */
  keep({ images, before }: Batch, { moments, sample, channelMeans }: LayerOutput): boolean {
    const { responses, channelMeans: means } = this.#slice!;
    const width = this.#width;
    // Behind the images of a graph of fixed batch size stand those that only fill it.
    const own = sample.subarray(0, images.length * width);
    responses.set(own, before * width);
    const ofChannels = channelMeans?.subarray(0, images.length * means.length / this.#slice!.n);
    if (ofChannels !== undefined) means.set(ofChannels, before * ofChannels.length / images.length);
    let finite: boolean;
    if (moments === null) {
      // A unit that is not finite shows in the mean of its channel.
      finite = (ofChannels ?? own).every(Number.isFinite);
      this.#carried += images.length;
    } else {
      finite = this.#running.add(this.#carried + images.length, moments.mean, moments.variance);
      this.#carried = 0;
    }
    for (const array of [moments?.mean, moments?.variance, sample, channelMeans]) if (array) free(array);
    return finite;
  }

  /** Ends the group; its slice now holds the moments. */
  finish(): void {
    this.#running.finish();
  }
}
