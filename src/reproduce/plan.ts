import { RequestError } from "../errors.ts";
import { DEVICE_CHOICES } from "../devices/mod.ts";
import type { ModelEntry } from "../lock/mod.ts";
import { checkMirror } from "../store/mod.ts";
import {
  changeStudy,
  type FileNetwork,
  findStudy,
  isFileNetwork,
  type LockNetwork,
  STUDIES,
  type Study,
  type StudyChanges,
} from "../study/mod.ts";
import type { Locks } from "./locks.ts";
import type { ReproduceOptions } from "./options.ts";
import { absentNetwork, lockedNetwork, type PlannedNetwork } from "./planned_network.ts";

/** A request that was checked as far as it can be without opening any image or network. */
export interface Plan {
  /** With everything that the request changes. */
  readonly study: Study;
  /** In the order of the report; files of the user's own are still to be opened. */
  readonly networks: readonly (PlannedNetwork | FileNetwork)[];
  readonly seed: number;
  readonly sampledUnits: number;
}

/** The networks of the lock that a name stands for: by id, else by family. What a study names and the lock lacks is planned. */
function ofLock({ lock: name, ...said }: LockNetwork, locks: Locks, strict: boolean): PlannedNetwork[] {
  const known = locks.models.models;
  const byId = known.filter((entry) => entry.id === name);
  const named: ModelEntry[] = byId.length > 0 ? byId : known.filter((entry) => entry.family === name);
  if (named.length > 0) return named.map((entry) => lockedNetwork(entry, said));
  if (locks.models.encoders?.some(({ id }) => id === name)) {
    throw new RequestError(
      `Cannot localize "${name}": it is a text encoder, which takes no images; expected a network`,
    );
  }
  if (!strict) return [absentNetwork(name)];
  throw new RequestError(
    `Unknown network: "${name}". Should be a file, or an id or family in models.lock.json: ` +
      known.map((entry) => entry.id).join(", "),
  );
}

/** Refuses comparisons of families that no network belongs to; of a study's own, the lock may lack some. */
function checkPairs({ compare = [] }: Study, planned: Plan["networks"]): void {
  if (STUDIES.some((study) => study.compare === compare)) return;
  const families = new Set(planned.map((network) => network.family ?? network.id));
  const missing = compare.flatMap(({ a, b }) => [a, b]).find((family) => !families.has(family));
  if (missing === undefined) return;
  throw new RequestError(
    `Cannot compare "${missing}": no network is of that family; expected one of ${[...families].join(", ")}`,
  );
}

/** What a request may say in place of the study. */
const CHANGES = [
  ...["networks", "compare", "stimuli", "layers", "lesions", "criterion", "fixedThreshold"] as const,
  ...["limit", "scrambled", "fast", "seed"] as const,
];

function changesOf(options: ReproduceOptions): StudyChanges {
  return Object.fromEntries(CHANGES.map((name) => [name, options[name]]));
}

/**
 * Checks a request against the locks and the studies.
 *
 * @throws {RequestError} where the study, device, a network, a family or an override is unknown, or a number is out of range.
 */
export function planRun(options: ReproduceOptions, locks: Locks): Plan {
  const device = options.device ?? "auto";
  const { study: base = "mini" } = options;
  const study = changeStudy(typeof base === "string" ? findStudy(base) : base, changesOf(options));
  if (!DEVICE_CHOICES.some((choice) => choice === device)) {
    throw new RequestError(`Unknown device: "${device}". Should be one of: ${DEVICE_CHOICES.join(", ")}`);
  }
  const strict = options.networks !== undefined || typeof options.study === "object";
  const networks = study.networks.flatMap((network): (PlannedNetwork | FileNetwork)[] =>
    isFileNetwork(network) ? [network] : ofLock(network, locks, strict)
  ).filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
  for (const id of options.weights?.keys() ?? []) {
    if (!locks.models.models.some((entry) => entry.id === id)) {
      throw new RequestError(`Cannot use --weights ${id}=…: models.lock.json has no network "${id}"`);
    }
  }
  if (options.mirror !== undefined && options.mirror !== "") checkMirror(options.mirror);
  checkPairs(study, networks);
  return {
    study,
    networks,
    seed: study.seed ?? 0,
    sampledUnits: options.sampledUnits ?? 4096,
  };
}
