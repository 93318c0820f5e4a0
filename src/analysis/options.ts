import { CRITERIA, type Criterion } from "../localizer/mod.ts";
import { type MatrixMultiply, multiplyPlain } from "../resampling/mod.ts";

/** Which families are compared; the difference is `b − a`. */
export interface FamilyPair {
  /** The family compared with. */
  readonly a: string;
  /** The family compared. */
  readonly b: string;
}

/** What {@linkcode analyseNetwork} and {@linkcode compareFamilies} are asked to do. */
export interface AnalysisOptions {
  /** Seed of every resampling; the same seed resamples the same images in every network. @default 0 */
  readonly seed?: number;
  /** The main criterion. @default the first of `CRITERIA` */
  readonly criterion?: Criterion;
  /** The criteria of the multiverse; the main one is always among them. @default the main criterion alone */
  readonly criteria?: readonly Criterion[];
  /** The conditions that units are selected for, at least one. */
  readonly targets: readonly string[];
  /** Bootstrap replicates of specificity and strength, selection fixed, under the main criterion. @default 2000 */
  readonly replicates?: number;
  /** Bootstrap replicates that select anew, for proportion and exclusivity, under the main criterion. @default 200 */
  readonly selectionReplicates?: number;
  /** Bootstrap replicates under every other criterion, whose intervals are of Student's form. @default 60 */
  readonly otherReplicates?: number;
  /** Replicates of localization, which need many more units each. @default 100 */
  readonly mapReplicates?: number;
  /** Permutations of the condition labels; 0 leaves the null out. @default 200 */
  readonly permutations?: number;
  /** Random placements per count of units. @default 200 */
  readonly placements?: number;
  /**
   * The proportion at which selections of equal size are compared. A twentieth gives 51 of 1,024 units, and still 6 of the
   * 128 in a small network's last tap, where a hundredth would give one.
   *
   * @default 0.05
   */
  readonly matchedProportion?: number;
  /** Coverage of the intervals. @default 0.95 */
  readonly level?: number;
  /** Units per tap, out of the sampled ones, whose replicates are computed. @default 512 */
  readonly resampledUnits?: number;
  /** The matrix product that resampling runs on. @default {@linkcode multiplyPlain} */
  readonly multiply?: MatrixMultiply;
  /**
   * What is compared, the pair that a claim is first of all about before others; pairs with a family that was not run are
   * left out. @default what `defaultPairs` gives
   */
  readonly pairs?: readonly FamilyPair[];
  /**
   * Whether moments are let go of tap by tap once they are analysed, where memory is short: the recording is of no further
   * use then.
   *
   * @default false
   */
  readonly release?: boolean;
  /** Told how many steps are done, out of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Runs the tests and corrections that select units, for callers that keep a clock. */
  readonly timeTests?: <T>(work: () => T) => T;
}

/** Options with every default filled in. */
export type ResolvedOptions =
  & Required<Omit<AnalysisOptions, "onProgress" | "timeTests" | "pairs" | "release">>
  & Pick<AnalysisOptions, "onProgress" | "timeTests" | "pairs" | "release">;

function checkInteger(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`Cannot analyse with ${name} = ${value}; expected an integer of at least ${least}`);
  }
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`Cannot analyse with ${name} = ${value}; expected a number in (0, 1)`);
  }
}

/**
 * Fills in defaults and checks ranges.
 *
 * @throws {RangeError} If there is no target, or a count or a share is out of range.
 */
export function resolveOptions(options: AnalysisOptions): ResolvedOptions {
  const criterion = options.criterion ?? CRITERIA[0];
  const others = (options.criteria ?? []).filter(({ name }) => name !== criterion.name);
  const resolved = {
    seed: options.seed ?? 0,
    criterion,
    criteria: [criterion, ...others],
    targets: options.targets,
    replicates: options.replicates ?? 2000,
    selectionReplicates: Math.min(options.selectionReplicates ?? 200, options.replicates ?? 2000),
    otherReplicates: options.otherReplicates ?? 60,
    mapReplicates: options.mapReplicates ?? 100,
    permutations: options.permutations ?? 200,
    placements: options.placements ?? 200,
    matchedProportion: options.matchedProportion ?? 0.05,
    level: options.level ?? 0.95,
    resampledUnits: options.resampledUnits ?? 512,
    multiply: options.multiply ?? multiplyPlain,
    pairs: options.pairs,
    release: options.release,
    onProgress: options.onProgress,
    timeTests: options.timeTests,
  };
  if (resolved.targets.length === 0) {
    throw new RangeError("Cannot analyse without targets; expected at least one condition to select for");
  }
  checkInteger("replicates", resolved.replicates, 10);
  checkInteger("selectionReplicates", resolved.selectionReplicates, 10);
  checkInteger("otherReplicates", resolved.otherReplicates, 10);
  checkInteger("mapReplicates", resolved.mapReplicates, 10);
  checkInteger("permutations", resolved.permutations, 0);
  checkInteger("placements", resolved.placements, 2);
  checkInteger("resampledUnits", resolved.resampledUnits, 2);
  checkShare("matchedProportion", resolved.matchedProportion);
  checkShare("level", resolved.level);
  return resolved;
}
