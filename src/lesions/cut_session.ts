import type { Device, HostTensor, Session } from "../devices/mod.ts";
import type { Layer, Network } from "../networks/mod.ts";
import { type CutNetwork, cutNetwork } from "./cut_network.ts";

async function run(session: Session, feeds: Readonly<Record<string, HostTensor>>): Promise<Float32Array> {
  const [{ data }] = Object.values(await session.run(feeds));
  return data as Float32Array;
}

/** A network cut at a layer, compiled: its tail runs on from whatever activation it is given. */
export class CutSession {
  readonly #head: Session;
  readonly #tail: Session;
  readonly #names: { readonly image: string; readonly activation: string; readonly bypassed: boolean };
  readonly #shape: readonly number[];

  private constructor(sessions: readonly [Session, Session], network: Network, at: Layer, { bypassed }: CutNetwork) {
    [this.#head, this.#tail] = sessions;
    this.#names = { image: network.input.name, activation: at.value, bypassed };
    this.#shape = at.shape;
  }

  /**
   * Cuts and compiles.
   *
   * @throws {RangeError} where the readout does not depend on the layer.
   */
  static async open(network: Network, device: Device, at: Layer, readout: Layer): Promise<CutSession> {
    const cut = cutNetwork(network, at, readout);
    const head = await device.open(cut.head.toBytes());
    try {
      return new CutSession([head, await device.open(cut.tail.toBytes())], network, at, cut);
    } catch (error) {
      await head.close();
      throw error;
    }
  }

  /** The layer's activation for a batch of images, `[batch, units]`. */
  activation(images: HostTensor): Promise<Float32Array> {
    return run(this.#head, { [this.#names.image]: images });
  }

  /**
   * What the readout's layer makes of an activation, `[batch, units of the readout]`.
   *
   * @param images The batch that the activation belongs to.
   */
  readOut(activation: Float32Array, images: HostTensor): Promise<Float32Array> {
    const { image, activation: name, bypassed } = this.#names;
    const given = { [name]: { data: activation, shape: [images.shape[0], ...this.#shape] } };
    return run(this.#tail, bypassed ? { ...given, [image]: images } : given);
  }

  /** Gives both sessions' memory back. */
  async close(): Promise<void> {
    await this.#head.close();
    await this.#tail.close();
  }
}
