import type { Device, Session } from "../devices/mod.ts";
import type { Network } from "../networks/mod.ts";
import type { Feed } from "./_image_feed.ts";
import type { OpenTap } from "./_open_tap.ts";
import { free, type TapOutput } from "./_tap_output.ts";
import { addMomentTaps, type MomentGraph } from "./moment_taps.ts";

/** A network with moment taps, compiled. */
export class MomentSession {
  readonly #session: Session;
  readonly #names: Omit<MomentGraph, "model">;

  private constructor(session: Session, names: Omit<MomentGraph, "model">) {
    this.#session = session;
    this.#names = names;
  }

  /** Compiles; the model's bytes are let go. */
  static async open(network: Network, device: Device, taps: readonly OpenTap[]): Promise<MomentSession> {
    const { model, ...names } = addMomentTaps(
      network,
      taps.map(({ tap }) => tap),
      taps.map(({ sampled }) => sampled),
    );
    const session = await device.open(model);
    free(model);
    return new MomentSession(session, names);
  }

  /** Runs a batch and returns what it left at each tap. */
  async run({ images, weights }: Pick<Feed, "images" | "weights">): Promise<TapOutput[]> {
    const outputs = await this.#session.run({ [this.#names.images]: images, [this.#names.weights]: weights });
    const values = (name: string): Float32Array => outputs[name].data as Float32Array;
    return this.#names.taps.map(({ mean, variance, sample }) => ({
      mean: values(mean),
      variance: values(variance),
      sample: values(sample),
    }));
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
