import { readFile } from "node:fs/promises";
import type { Device } from "../devices/mod.ts";
import type { ModelEntry } from "../lock/mod.ts";
import { buildNetwork } from "../networks/mod.ts";
import { type FetchProgress, resolveWeights, type Store } from "../store/mod.ts";
import { openCheckpoint } from "../weights/mod.ts";
import { generateNetwork } from "./generate_network.ts";
import { openOnnx } from "./open_onnx.ts";
import type { OpenedNetwork } from "./opened_network.ts";
import type { ReproduceOptions } from "./options.ts";

/** What opening a network takes. */
export interface OpenContext {
  readonly options: ReproduceOptions;
  readonly store: Store;
  readonly device: Device;
  readonly onFetch: (progress: FetchProgress) => void;
}

/**
 * Gets an entry's weights, verifies them and builds its graph.
 *
 * @throws {Error} where the weights cannot be had, are not those that are pinned, or do not make the network.
 */
export async function openNetwork(entry: ModelEntry, context: OpenContext): Promise<OpenedNetwork> {
  const { options, store, onFetch } = context;
  if ("generator" in entry.source && !options.weights?.has(entry.id)) {
    return await generateNetwork(entry, entry.source.generator);
  }
  const weights = await resolveWeights(entry, {
    store,
    root: options.root,
    override: options.weights,
    mirror: options.mirror,
    offline: options.offline,
    allowUnpinned: options.allowUnpinned,
    signal: options.signal,
    onProgress: onFetch,
  });
  const { sha256, status, bytes } = weights;
  const found = { sha256, status, bytes, replacedBy: status === "local" ? options.weights?.get(entry.id) : undefined };
  if (entry.architecture === "onnx") {
    const { crop } = entry.preprocessing;
    // Of several files the lock would pin only the first, so one that holds its weights is asked for.
    const model = await readFile(weights.path);
    return { network: await openOnnx(model, { side: crop, device: context.device }), found };
  }
  const checkpoint = await openCheckpoint(weights.path);
  try {
    const network = await buildNetwork({ checkpoint, architecture: entry.architecture, prefix: entry.weightsPrefix });
    return { network, found };
  } finally {
    await checkpoint.close();
  }
}
