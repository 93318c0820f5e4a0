import type { ModelEntry } from "../lock/mod.ts";
import { buildNetwork, untrainedResNet, type UntrainedResNetName } from "../networks/mod.ts";
import { hashTensors } from "../weights/browser.ts";
import type { OpenedNetwork } from "./opened_network.ts";

/**
 * Makes a network that the lock pins by the code that generates it.
 *
 * @throws {Error} where the tensors are not those that are pinned.
 */
export async function generateNetwork(entry: ModelEntry, generator: string): Promise<OpenedNetwork> {
  const checkpoint = untrainedResNet(generator as UntrainedResNetName, entry.seed ?? 0);
  const sha256 = await hashTensors(checkpoint);
  if (entry.sha256 !== undefined && sha256 !== entry.sha256) {
    throw new Error(`Cannot verify "${entry.id}": expected sha256 ${entry.sha256}, the generator made ${sha256}`);
  }
  const network = await buildNetwork({ checkpoint, architecture: entry.architecture });
  return { network, found: { sha256, status: "seeded", bytes: null } };
}
