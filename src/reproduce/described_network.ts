import type { ModelEntry } from "../lock/mod.ts";
import type { Supervision } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import type { LayerChoice } from "../study/mod.ts";
import { describeNetwork, type NetworkDescription, type WeightsFound } from "./describe_network.ts";

/** What a run knows of a network before it opens it. */
export interface DescribedNetwork {
  /** Its name in the results. */
  readonly id: string;
  /** Networks of one family are trainings of one kind. */
  readonly family: string;
  /** What it learned from. */
  readonly supervision: Supervision;
  /** Seed of its training, where one is stated. */
  readonly seed: number | null;
  /** How images become its input. */
  readonly preprocessing: Preprocessing;
  /** Which of its layers are recorded, where the network says so itself. */
  readonly layers?: LayerChoice;
  /**
   * What results say of it.
   *
   * @param found The file that was verified; null where none was had.
   * @param reason Why it was not run; null where it was.
   */
  describe(found: WeightsFound | null, reason: string | null): NetworkDescription;
}

/** What the lock knows of a network. */
export function describedEntry(entry: ModelEntry): DescribedNetwork {
  const { id, family, supervision, preprocessing, seed = null } = entry;
  const describe: DescribedNetwork["describe"] = (found, reason) => describeNetwork(entry, found, reason);
  return { id, family, supervision, seed, preprocessing, describe };
}
