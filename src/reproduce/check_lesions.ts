import type { Device } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import { lesionLayers } from "../lesions/mod.ts";
import { selectLayers } from "../networks/mod.ts";
import type { Store } from "../store/mod.ts";
import type { OpenedNetwork } from "./opened_network.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import type { OnProgress } from "./progress.ts";

/** One network of each architecture: the others have the same layers. */
function representatives(networks: readonly PlannedNetwork[]): PlannedNetwork[] {
  const found = new Map<string, PlannedNetwork>();
  for (const network of networks) {
    const { architecture } = network.describe(null, null);
    // What a file says of itself holds for that file alone.
    const alone = architecture === "onnx" || architecture === "by its tensors";
    const key = JSON.stringify(alone ? network.id : [architecture, network.layers]);
    if (!found.has(key)) found.set(key, network);
  }
  return [...found.values()];
}

/**
 * Refuses lesions that no network can have, before any image is shown. One network of each architecture is opened for that; what
 * cannot be opened is told with the rest of the run.
 *
 * @throws {RequestError} where no network records a layer of that name, or it is the one that conditions are read out at.
 * @throws what the signal was aborted with.
 */
export async function checkLesions(
  networks: readonly PlannedNetwork[],
  { plan: { study }, ...context }: {
    readonly plan: Plan;
    readonly options: ReproduceOptions;
    readonly store: Store;
    readonly device: Device;
    readonly onProgress: OnProgress;
  },
): Promise<void> {
  const { lesions: names = [] } = study;
  if (names.length === 0) return;
  const known: string[] = [], used = new Set<string>();
  let all = true;
  for (const planned of representatives(networks)) {
    let opened: OpenedNetwork;
    try {
      opened = await planned.open({
        ...context,
        onFetch: ({ receivedBytes: done, totalBytes }) =>
          context.onProgress({ phase: "fetch", label: planned.id, done, total: totalBytes ?? done, unit: "bytes" }),
      });
    } catch {
      context.options.signal?.throwIfAborted();
      all = false;
      continue;
    }
    try {
      const layers = selectLayers(opened.network, planned.layers ?? study.layers);
      for (const name of lesionLayers(opened.network, layers, names)) used.add(name);
      known.push(...layers.slice(0, -1).map(({ name }) => name));
    } catch (error) {
      throw new RequestError(`Cannot use --lesions with "${planned.id}": ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  const unknown = names.find((name) => !used.has(name));
  if (unknown === undefined || !all) return;
  throw new RequestError(
    `Cannot lesion "${unknown}": no network records a layer of that name; expected one of ${
      [...new Set(known)].join(", ")
    }`,
  );
}
