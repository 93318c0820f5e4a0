import { type LabelledEstimate, listEstimates } from "./estimates.ts";
import type { Verdict } from "./comparison.ts";
import type { Results } from "./results.ts";

/** An input that two runs do not share. */
export interface InputDifference {
  /** `settings.permutations`, `networks.mini-clip.weights.sha256`, … */
  readonly input: string;
  /** In the earlier run; `absent` where it has none. */
  readonly a: string;
  /** In the later run; `absent` where it has none. */
  readonly b: string;
}

/** A number of two runs that is not the same. */
export interface NumberDifference {
  /** Id of the network. */
  readonly network: string;
  /** The layer; null for a measure over the whole network. */
  readonly layer: string | null;
  /** The target category. */
  readonly category: string;
  /** The measure, by its name. */
  readonly measure: string;
  /** In the earlier run. */
  readonly a: number | null;
  /** In the later run. */
  readonly b: number | null;
  /** Of the earlier run. */
  readonly intervalA: readonly [number, number] | null;
  /** Of the later run. */
  readonly intervalB: readonly [number, number] | null;
  /** Whether each value lies outside the other's interval; where one has none, whether they differ at all. */
  readonly moved: boolean;
}

/** What changed from one run to another. */
export interface ResultsComparison {
  /** Inputs that are not the same. */
  readonly inputs: InputDifference[];
  /** Numbers that differ, moved ones first, then in the order of the file. */
  readonly numbers: NumberDifference[];
  /** How many numbers both runs have. */
  readonly compared: number;
  /** How many of them have a value in both, and not only a reason why there is none. */
  readonly valued: number;
  /** How many of `numbers` moved beyond their intervals. */
  readonly moved: number;
  /** `network / layer / category / measure` that only the earlier run has. */
  readonly onlyA: string[];
  /** The same for the later run. */
  readonly onlyB: string[];
  /** Claims whose verdict changed. */
  readonly verdicts: { readonly claim: string; readonly a: Verdict; readonly b: Verdict }[];
}

/**
 * Compares two runs: which inputs differ, and which numbers moved beyond their intervals.
 *
 * @param a The earlier run.
 * @param b The later run.
 * @param options.relativeTolerance Values closer than this share of the larger one count as equal.
 * @default 1e-6
 */
export function compareResults(
  a: Results,
  b: Results,
  { relativeTolerance = 1e-6 }: { relativeTolerance?: number } = {},
): ResultsComparison {
  const inB = new Map(listEstimates(b).map((row) => [label(row), row]));
  const numbers: NumberDifference[] = [];
  const onlyA: string[] = [];
  let [compared, valued] = [0, 0];
  for (const before of listEstimates(a)) {
    const after = inB.get(label(before));
    if (!after) {
      onlyA.push(label(before));
      continue;
    }
    inB.delete(label(before));
    compared++;
    if (before.value !== null && after.value !== null) valued++;
    if (!agree(before.value, after.value, relativeTolerance)) numbers.push(difference(before, after));
  }
  numbers.sort((x, y) => Number(y.moved) - Number(x.moved));
  return {
    inputs: differingInputs(a, b),
    numbers,
    compared,
    valued,
    moved: numbers.filter((number) => number.moved).length,
    onlyA,
    onlyB: [...inB.keys()],
    verdicts: differingVerdicts(a, b),
  };
}

function label(row: LabelledEstimate): string {
  return [row.network, row.layer ?? "all layers", row.category, row.measure].join(" / ");
}

function agree(a: number | null, b: number | null, tolerance: number): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

function difference(before: LabelledEstimate, after: LabelledEstimate): NumberDifference {
  const { network, layer, category, measure } = before;
  return {
    network,
    layer,
    category,
    measure,
    a: before.value,
    b: after.value,
    intervalA: before.interval,
    intervalB: after.interval,
    moved: outside(after.value, before.interval) && outside(before.value, after.interval),
  };
}

function outside(value: number | null, interval: readonly [number, number] | null): boolean {
  if (value === null || interval === null) return true;
  return value < interval[0] || value > interval[1];
}

function differingVerdicts(a: Results, b: Results): ResultsComparison["verdicts"] {
  const before = new Map(a.claims.map((claim) => [claim.id, claim.verdict]));
  return b.claims.flatMap((claim) => {
    const earlier = before.get(claim.id);
    return earlier && earlier !== claim.verdict ? [{ claim: claim.id, a: earlier, b: claim.verdict }] : [];
  });
}

function differingInputs(a: Results, b: Results): InputDifference[] {
  const before = inputs(a);
  const after = inputs(b);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((input) => {
    const [x, y] = [before.get(input) ?? "absent", after.get(input) ?? "absent"];
    return x === y ? [] : [{ input, a: x, b: y }];
  });
}

/** Everything that goes into a run, and the machine it ran on, as text by name. */
function inputs(results: Results): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, value: unknown): void => {
    found.set(name, typeof value === "string" ? value : JSON.stringify(value));
  };
  add("study", results.study);
  add("version", results.version);
  for (const [name, value] of Object.entries(results.settings)) add(`settings.${name}`, value);
  add("lockHash", results.provenance.lockHash);
  add("device", results.provenance.device);
  add("adapter", results.provenance.adapter);
  add("stimuli.set", results.stimuli.set);
  add("stimuli.hash", results.stimuli.hash);
  add("stimuli.perCondition", results.stimuli.perCondition);
  add("conditions", results.conditions);
  add("targets", results.targets);
  add("criterion", results.criterion);
  add("criteria", results.criteria.map((criterion) => criterion.name));
  for (const network of results.networks) {
    add(`networks.${network.id}.status`, network.status);
    add(`networks.${network.id}.weights.sha256`, network.weights.sha256 ?? "unknown");
    add(`networks.${network.id}.preprocessing`, network.weights.preprocessing);
    add(`networks.${network.id}.layers`, network.layers.map((layer) => layer.name));
  }
  return found;
}
