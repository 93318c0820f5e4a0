import type { Device, HostTensor, Session } from "../devices/mod.ts";
import type { Network } from "../networks/mod.ts";
import type { Batch } from "./batches.ts";
import type { Feed } from "./image_feed.ts";
import type { SampledLayer } from "./_layout.ts";
import { type MomentGraph, momentGraph } from "./_moment_graph.ts";
import { free } from "../kernels/mod.ts";

/** What a batch left at one layer. */
export interface LayerOutput {
  /** Mean and mean squared deviation of every unit, `[units]` each; null where they stayed on the device for the next batch. */
  readonly moments: { readonly mean: Float32Array; readonly variance: Float32Array } | null;
  /** `[batch, sampled units]`, rows in the order of the batch. */
  readonly sample: Float32Array;
  /** `[batch, channels]`; null where the sample holds just that. */
  readonly channelMeans: Float32Array | null;
}

/** A network whose graph reduces its layers, compiled. */
export class MomentSession {
  readonly #session: Session;
  readonly #names: Omit<MomentGraph, "model">;

  private constructor(session: Session, names: Omit<MomentGraph, "model">) {
    this.#session = session;
    this.#names = names;
  }

  /**
   * Compiles; the model's bytes are let go.
   *
   * @param runs How many batches there are to run.
   * @param carried Whether the moments of a group's batches are merged on the device, and read with the last.
   */
  static async open(
    network: Network,
    device: Device,
    { layers, runs, carried }: {
      readonly layers: readonly SampledLayer[];
      readonly runs: number;
      readonly carried: boolean;
    },
  ): Promise<MomentSession> {
    const { model, ...names } = momentGraph(
      network,
      layers.map(({ layer }) => layer),
      layers.map(({ sampled }) => sampled),
      { carried },
    );
    const session = await device.open(model, { runs, carried: carriedOutputs(names.layers) });
    free(model);
    return new MomentSession(session, names);
  }

  /** How many batches to begin before the first has ended. */
  get ahead(): number {
    return this.#session.ahead ?? 1;
  }

  /** Whether the moments of a group's batches are merged on the device. */
  get carries(): boolean {
    return this.#names.share !== null;
  }

  /** Runs a batch and returns what it left at each layer. */
  async run({ batch, images, weights }: Pick<Feed, "batch" | "images" | "weights">): Promise<LayerOutput[]> {
    const { layers } = this.#names;
    const carry = this.carries && !batch.last;
    const feeds = { [this.#names.images]: images, [this.#names.weights]: weights, ...this.#merging(batch) };
    const outputs = await this.#session.run(feeds, { carry });
    const values = (name: string): Float32Array => outputs[name].data as Float32Array;
    return layers.map(({ mean, variance, sample, channelMeans }) => ({
      moments: carry ? null : { mean: values(mean), variance: values(variance) },
      sample: values(sample),
      channelMeans: channelMeans === null ? null : values(channelMeans),
    }));
  }

  /** What a batch builds on. */
  #merging({ images, before }: Batch): Record<string, HostTensor> {
    const { share, layers } = this.#names;
    if (share === null) return {};
    const none = { data: new Float32Array(1), shape: [1, 1] };
    const first = before > 0 ? [] : layers.flatMap((layer) => Object.values(layer.before!).map((name) => [name, none]));
    const data = Float32Array.of(images.length / (before + images.length));
    return { [share]: { data, shape: [1] }, ...Object.fromEntries(first) };
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** Each output that stays on the device, with the input that takes it. */
function carriedOutputs(layers: MomentGraph["layers"]): Record<string, string> {
  return Object.fromEntries(
    layers.flatMap(({ mean, variance, before }) =>
      before === null ? [] : [[mean, before.mean], [variance, before.variance]]
    ),
  );
}
