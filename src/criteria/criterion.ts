import type { ConjunctionDefinition } from "./conjunction_definition.ts";
import type { Contrasts } from "./contrasts.ts";
import type { Moments } from "../statistics/mod.ts";

/** Responses of sampled units to the images of the selecting half, for criteria that need more than moments. */
export interface SampledResponses {
  /** Indices of the sampled units among those of the moments, ascending. */
  readonly units: Uint32Array;
  /** `[images, sampled units]`, row-major. */
  readonly values: Float32Array;
  /** Condition of each image; −1 leaves an image out (those of the measuring half). */
  readonly condition: Int32Array;
}

/** What a criterion decides from: one layer, one target category, the images of the selecting half. */
export interface SelectionInput {
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Indices of the conditions that units are selected for. */
  readonly targets: readonly number[];
  /** Index of the condition that units are now selected for. */
  readonly target: number;
  /** One per condition, `[units]` each; a condition without images (`n = 0`) is left out of every contrast. */
  readonly moments: readonly Moments[];
  /** Needed where {@linkcode Criterion.needsResponses}. */
  readonly responses?: SampledResponses;
  /**
   * Work shared between criteria and targets: pass one made from the same moments to every call. Without it each call computes
   * its own.
   */
  readonly contrasts?: Contrasts;
}

/** A rule by which a unit counts as selective for a category. */
export interface Criterion {
  /** What the command line calls it; an expression is its own name. */
  readonly name: string;
  /** The rule in words. */
  readonly definition: string;
  /** `provisional` where a paper's own rule is not known. */
  readonly status: "established" | "provisional" | "user";
  /** Who uses it. */
  readonly source: string;
  /** Of the source, where it has one. */
  readonly doi: string | null;
  /** Whether it decides from single responses and not from moments alone. */
  readonly needsResponses: boolean;
  /**
   * What can be selected, and so what a proportion is counted of: every unit of the layer, or the sampled ones only (every other
   * unit's entry is 0).
   */
  readonly population: "units" | "sample";
  /** Whether it selects a set share of the units whatever they do, so that a proportion says nothing of the network. */
  readonly fixesProportion?: true;
  /** Whether it cannot select a unit for two categories, so that exclusivity is 1 by construction. */
  readonly exclusive?: true;
  /**
   * Whose variance it needs: of each condition by itself, or of the category against all others together. A condition with a
   * single image has none. Left out where it needs none, or cannot be known.
   */
  readonly variances?: "each" | "rest";
  /**
   * Whether its threshold moves with how many units are selective, as a false discovery rate does, so that its units differ in
   * strength where they differ in number alone. Measures that say so are then taken in the units of a fixed threshold.
   */
  readonly movesWithPrevalence?: true;
  /** Its definition as data, where it is a conjunction of t tests. */
  readonly conjunction?: ConjunctionDefinition;
  /** Whether it contrasts with conditions made from the images of others (scrambled places and words) too. */
  readonly usesDerived?: true;
  /** Decides every unit: `[units]`, 1 where selective for the target. */
  select(input: SelectionInput): Uint8Array;
}
