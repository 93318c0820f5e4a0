import type { Device, Session } from "../devices/mod.ts";
import type { Network } from "../networks/mod.ts";
import type { Feed } from "./image_feed.ts";
import type { SampledLayer } from "./_layout.ts";
import { type MomentGraph, momentGraph } from "./_moment_graph.ts";
import { free } from "../kernels/mod.ts";

/** What a batch left at one layer. */
export interface LayerOutput {
  /** `[units]`. */
  readonly mean: Float32Array;
  /** `[units]`. */
  readonly variance: Float32Array;
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
   */
  static async open(
    network: Network,
    device: Device,
    { layers, runs }: { readonly layers: readonly SampledLayer[]; readonly runs: number },
  ): Promise<MomentSession> {
    const { model, ...names } = momentGraph(
      network,
      layers.map(({ layer }) => layer),
      layers.map(({ sampled }) => sampled),
    );
    const session = await device.open(model, { runs });
    free(model);
    return new MomentSession(session, names);
  }

  /** How many batches to begin before the first has ended. */
  get ahead(): number {
    return this.#session.ahead ?? 1;
  }

  /** Runs a batch and returns what it left at each layer. */
  async run({ images, weights }: Pick<Feed, "images" | "weights">): Promise<LayerOutput[]> {
    const outputs = await this.#session.run({ [this.#names.images]: images, [this.#names.weights]: weights });
    const values = (name: string): Float32Array => outputs[name].data as Float32Array;
    return this.#names.layers.map(({ mean, variance, sample, channelMeans }) => ({
      mean: values(mean),
      variance: values(variance),
      sample: values(sample),
      channelMeans: channelMeans === null ? null : values(channelMeans),
    }));
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
