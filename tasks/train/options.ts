import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { projectRoot } from "../../src/store/mod.ts";
import type { DeviceName } from "../../src/devices/mod.ts";
import { FAMILIES, findNetworks, networkId, type NetworkName, SETTINGS } from "../../src/training/mod.ts";

/** What the command line asks for. */
export interface TrainOptions {
  readonly network: readonly string[];
  readonly seed: readonly number[];
  readonly steps: number;
  readonly batch: number;
  readonly device: DeviceName | "auto";
  /** Where the weights are; `fixtures/` without it. */
  readonly out?: string;
  /** Which unseen images a network is measured on after its training. */
  readonly on: "validation" | "test";
  readonly check?: boolean;
  readonly embed?: boolean;
  readonly decode?: boolean;
  readonly updateLock?: boolean;
}

/**
 * The networks that are asked for, seed by seed, so that one of each family is there early.
 *
 * @throws {RequestError} where there is no such network.
 */
export function listNetworks({ network, seed }: Pick<TrainOptions, "network" | "seed">): NetworkName[] {
  const seeds = seed.length > 0 ? seed : SETTINGS.seeds;
  const names = network.length > 0 ? network : FAMILIES.map(({ id }) => id);
  try {
    return names.flatMap((name) => findNetworks(name, seeds)).sort((a, b) => a.seed - b.seed);
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(error.message);
    throw error;
  }
}

/** Where a network's weights lie. */
export function weightsPath(name: NetworkName, { out }: Pick<TrainOptions, "out">): string {
  return join(out ?? join(projectRoot(), "fixtures"), `${networkId(name)}.safetensors`);
}

/** A share in per cent. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
