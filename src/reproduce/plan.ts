import { RequestError } from "../errors.ts";
import type { ModelEntry } from "../lock/mod.ts";
import { checkMirror } from "../store/mod.ts";
import { findSuite, type Suite, type SuitePair } from "../suites/mod.ts";
import type { Locks } from "./locks.ts";
import type { ReproduceOptions } from "./options.ts";
import { absentNetwork, lockedNetwork, type PlannedNetwork } from "./planned_network.ts";

/** A request that was checked as far as it can be without opening any image or network. */
export interface Plan {
  readonly suite: Suite;
  /** What the run is called: the suite's name, or `own-networks` where it runs others than the suite's. */
  readonly name: string;
  /** Those of the suite or of the request, in the order of the report; the user's own file is not among them. */
  readonly networks: readonly PlannedNetwork[];
  /** Families to compare; absent where the request chooses its own networks, and then follows from their supervision. */
  readonly pairs: readonly SuitePair[] | undefined;
  readonly layers: "stages" | "blocks";
  readonly seed: number;
  readonly criterionText: string;
  readonly sampledUnits: number;
}

/** Stands in the place of a suite's name where the networks are not the suite's. */
const OWN_NETWORKS = "own-networks";

const DEVICES = ["auto", "webgpu", "cpu", "wasm"];

/** Networks by id, else by family. What a suite names and the lock does not have is planned, so that the run can say so. */
function chooseNetworks(suite: Suite, names: readonly string[] | undefined, locks: Locks): PlannedNetwork[] {
  const known = locks.models.models;
  const named = (name: string): ModelEntry[] => {
    const byId = known.filter((entry) => entry.id === name);
    return byId.length > 0 ? byId : known.filter((entry) => entry.family === name);
  };
  const unknown = names?.find((name) => named(name).length === 0);
  if (unknown !== undefined) {
    if (locks.models.encoders?.some(({ id }) => id === unknown)) {
      throw new RequestError(
        `Cannot localize "${unknown}": it is a text encoder, which takes no images; expected a network`,
      );
    }
    throw new RequestError(
      `Unknown network: "${unknown}". Should be an id or family in models.lock.json: ` +
        known.map((entry) => entry.id).join(", "),
    );
  }
  return (names ?? suite.networks).flatMap((name) => {
    const found = named(name);
    return found.length > 0 ? found.map(lockedNetwork) : [absentNetwork(name)];
  }).filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
}

/**
 * Checks a request against the locks and the suites.
 *
 * @throws {RequestError} where the suite, device, a network or an override is unknown, or a number is out of range.
 */
export function planRun(options: ReproduceOptions, locks: Locks): Plan {
  const suite = findSuite(options.suite ?? "mini");
  const device = options.device ?? "auto";
  if (!DEVICES.includes(device)) {
    throw new RequestError(`Unknown device: "${device}". Should be one of: ${DEVICES.join(", ")}`);
  }
  const own = options.network !== undefined && options.networks === undefined;
  const networks = own ? [] : chooseNetworks(suite, options.networks, locks);
  for (const id of options.weights?.keys() ?? []) {
    if (!locks.models.models.some((entry) => entry.id === id)) {
      throw new RequestError(`Cannot use --weights ${id}=…: models.lock.json has no network "${id}"`);
    }
  }
  if (options.mirror !== undefined && options.mirror !== "") checkMirror(options.mirror);
  const suites = options.network === undefined && networks.every(({ id }) => suite.networks.includes(id));
  return {
    suite,
    name: suites ? suite.name : OWN_NETWORKS,
    networks,
    pairs: options.network === undefined && options.networks === undefined ? suite.pairs : undefined,
    layers: options.layers ?? suite.layers,
    seed: options.seed ?? 0,
    criterionText: options.criterion ?? suite.criterion,
    sampledUnits: options.sampledUnits ?? 4096,
  };
}
