import type { ModelEntry } from "../lock/mod.ts";
import type { MadeRecording } from "../recording/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import { type LockNetwork, NOT_STATED } from "../study/mod.ts";
import type { WeightsFound } from "./describe_network.ts";
import { describedEntry, type DescribedNetwork } from "./described_network.ts";
import { type OpenContext, openNetwork } from "./open_network.ts";
import type { OpenedNetwork } from "./opened_network.ts";

/** A network of a run, wherever it comes from. */
export interface PlannedNetwork extends DescribedNetwork {
  /** What was recorded of it, and of which file, where it need not run. */
  readonly recorded?: { readonly found: WeightsFound; open(): Promise<MadeRecording> };
  /** @throws {Error} where its weights cannot be had, are not those that are pinned, or do not make the network. */
  open(context: OpenContext): Promise<OpenedNetwork>;
}

/**
 * A network that the lock pins.
 *
 * @param said What a study says of it in place of the lock.
 */
export function lockedNetwork(pinned: ModelEntry, { family, layers }: Omit<LockNetwork, "lock"> = {}): PlannedNetwork {
  const entry = family === undefined ? pinned : { ...pinned, family };
  return { ...describedEntry(entry), layers, open: (context) => openNetwork(entry, context) };
}

/** What is known of a network that cannot be opened. */
export interface UnusableNetwork {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  /** Where it should have come from. */
  readonly source: string;
  /** What opening it says. */
  readonly reason: string;
}

/** A network that a study names and that cannot be opened; opening it says why, and the others run. */
export function unusableNetwork({ id, family, title, source, reason }: UnusableNetwork): PlannedNetwork {
  const weights: NetworkResult["weights"] = {
    sha256: null,
    status: "none",
    source,
    bytes: null,
    licence: null,
    trainingData: null,
    language: null,
    preprocessing: NOT_STATED,
    accuracy: null,
    doi: null,
    bibtex: null,
  };
  const known = { id, family, title, supervision: "unstated", seed: null } as const;
  return {
    ...known,
    preprocessing: { resize: 1, crop: 1, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] },
    describe: (_found, told) => ({
      ...known,
      status: "not run",
      reason: told,
      architecture: NOT_STATED,
      weights,
    }),
    open: () => Promise.reject(new Error(reason)),
  };
}

/** A network that a study names and the lock does not have. */
export function absentNetwork(id: string): PlannedNetwork {
  return unusableNetwork({
    id,
    family: id,
    title: id,
    source: "models.lock.json has no entry of this id",
    reason: `Cannot find "${id}": models.lock.json has no network of that id or family`,
  });
}
