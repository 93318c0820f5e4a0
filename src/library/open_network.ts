import { homedir } from "node:os";
import process from "node:process";
import { type Device, type DeviceName, openDevice } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import { type Layer, type Network, selectLayers } from "../networks/mod.ts";
import {
  lockedNetwork,
  type OpenedNetwork,
  openFileNetwork,
  type PlannedNetwork,
  readLocks,
} from "../reproduce/mod.ts";
import type { Supervision } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import { cacheRoot, Store } from "../store/mod.ts";
import { type FileNetwork, idOfFile, isNetworkFile } from "../study/mod.ts";

/** How a network is opened, and what is said of it. */
export interface OpenNetworkOptions extends Omit<FileNetwork, "id" | "weights"> {
  /** What to call it. @default the file's name, or its id in the lock */
  readonly id?: string;
  /** Where it runs. @default "auto" */
  readonly device?: DeviceName | "auto";
}

/** A network that is ready to see images. */
export interface OpenNetwork {
  /** What it is called. */
  readonly id: string;
  /** Networks of one family are trainings of one kind. */
  readonly family: string;
  /** What it learned from. */
  readonly supervision: Supervision;
  /** Seed of its training, where one is stated. */
  readonly seed: number | null;
  /** The layers that are recorded, in order of depth. */
  readonly layers: readonly Layer[];
  /** The graph with all its layers. */
  readonly network: Network;
  /** sha256 of the file, in hexadecimal. */
  readonly sha256: string | null;
  /** How images become its input. */
  readonly preprocessing: Preprocessing;
  /** Where it runs. */
  readonly device: Device;
  /** Closes with it what else is to be closed. */
  onClose(work: () => Promise<void>): void;
  /** Lets the device go, and every recording that was made with this network. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens a network: a file of your own (`.onnx`, `.safetensors`, `.pth`, `.pt`), or one of the lock by its id.
 *
 * @throws {RequestError} where there is no such network, or it cannot be used as is said.
 * @throws {Error} where the weights of the lock's network cannot be had or are not those that are pinned.
 *
 * @example
 * ```ts
 * import { openNetwork } from "./mod.ts";
 *
 * const network = await openNetwork("mini-clip-s0", { layers: "stages", device: "cpu" });
 * network.layers.map(({ name }) => name); // ["relu", "layer1", …, "avgpool"]
 * await network.close();
 * ```
 */
export async function openNetwork(name: string, options: OpenNetworkOptions = {}): Promise<OpenNetwork> {
  const { device: wanted = "auto", ...said } = options;
  const device = await openDevice(wanted);
  try {
    const { planned, opened } = isNetworkFile(name)
      ? await ofFile({ id: idOfFile(name), ...said, weights: name }, device)
      : await ofLock(name, said, device);
    const { network, found: { sha256 } } = opened;
    const { id, family, supervision, seed, preprocessing } = planned;
    const layers = selectLayers(network, planned.layers ?? "blocks");
    const work: (() => Promise<void>)[] = [() => device.close()];
    const close = async (): Promise<void> => {
      for (const each of work.splice(0).reverse()) await each();
    };
    return {
      ...{ id, family, supervision, seed, preprocessing, layers, network, sha256, device, close },
      onClose: (each) => void work.push(each),
    };
  } catch (error) {
    await device.close();
    throw error;
  }
}

interface Opened {
  readonly planned: PlannedNetwork;
  readonly opened: OpenedNetwork;
}

async function open(planned: PlannedNetwork, device: Device): Promise<Opened> {
  const store = new Store(cacheRoot({ env: process.env, platform: process.platform, home: homedir() }));
  return { planned, opened: await planned.open({ options: {}, store, device, onFetch: () => {} }) };
}

async function ofFile(said: FileNetwork, device: Device): Promise<Opened> {
  return await open(await openFileNetwork(said, device), device);
}

async function ofLock(
  name: string,
  { id, family, layers, ...rest }: Omit<OpenNetworkOptions, "device">,
  device: Device,
): Promise<Opened> {
  const [said] = Object.keys(rest);
  if (said !== undefined) {
    throw new RequestError(
      `Cannot open "${name}" with ${said}: the lock says it; expected id, family and layers alone`,
    );
  }
  const { models: { models } } = await readLocks();
  const entry = models.find((each) => each.id === name);
  if (entry === undefined) {
    throw new RequestError(
      `Unknown network: "${name}". Should be a file (.onnx, .safetensors, .pth, .pt) or one of: ${
        models.map((each) => each.id).join(", ")
      }`,
    );
  }
  return await open(lockedNetwork({ ...entry, id: id ?? name }, { family, layers }), device);
}
