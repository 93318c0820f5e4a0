import type { Network } from "../networks/mod.ts";
import type { WeightsFound } from "./describe_network.ts";

/** A network that is ready to be recorded, and the file it came from. */
export interface OpenedNetwork {
  /** Its graph, with the layers that can be recorded. */
  readonly network: Network;
  /** What is known of its file. */
  readonly found: WeightsFound;
}
