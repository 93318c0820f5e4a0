import type { Contrasts } from "../contrasts.ts";
import {
  correct,
  type Correction,
  dprime,
  type Moments,
  oneSidedPValues,
  student,
  type TTest,
  welch,
} from "../../statistics/mod.ts";

/** The quantities an expression may name. */
export const QUANTITIES = [
  "t",
  "p",
  "q",
  "q_by",
  "q_bonferroni",
  "t_pooled",
  "p_pooled",
  "q_pooled",
  "q_by_pooled",
  "q_bonferroni_pooled",
  "d",
  "mean",
  "var",
  "n",
] as const;
export type Quantity = typeof QUANTITIES[number];
type Test = "welch" | "student";

/** Which test a p comes from, and how it is corrected over the units of the layer. */
const PROBABILITIES: Partial<Record<Quantity, readonly [Test, Correction]>> = {
  p: ["welch", "none"],
  q: ["welch", "benjamini-hochberg"],
  q_by: ["welch", "benjamini-yekutieli"],
  q_bonferroni: ["welch", "bonferroni"],
  p_pooled: ["student", "none"],
  q_pooled: ["student", "benjamini-hochberg"],
  q_by_pooled: ["student", "benjamini-yekutieli"],
  q_bonferroni_pooled: ["student", "bonferroni"],
};

/** A condition by index, or all but the target as one group. */
export type Member = number | "rest";

/** Values of every unit, or one number for all. */
export type Column = Float64Array | Float32Array | number;

/** The numbers behind an expression for one target: each is computed once for the same contrasts, whoever asks. */
export class ExpressionColumns {
  #columns = new Map<string, Column>();
  #tests = new Map<string, TTest>();

  constructor(readonly contrasts: Contrasts, readonly target: number) {}

  /** The quantity for a condition; contrasts are of the target against it. A contrast that cannot be made has t = 0 and p = 1. */
  column(quantity: Quantity, member: Member): Column {
    const key = `${quantity} ${member}`;
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = this.#compute(quantity, member);
      this.#columns.set(key, column);
    }
    return column;
  }

  #compute(quantity: Quantity, member: Member): Column {
    const group = this.#group(member);
    if (quantity === "n") return group?.n ?? 0;
    if (quantity === "mean") return group && group.n > 0 ? group.mean : 0;
    if (quantity === "var") {
      const scale = group && group.n > 1 ? 1 / (group.n - 1) : 0;
      return Float64Array.from(group?.m2 ?? new Float64Array(this.contrasts.units), (m2) => m2 > 0 ? m2 * scale : 0);
    }
    const probability = PROBABILITIES[quantity];
    if (!group || group.n < 1 || member === this.target) return probability ? 1 : 0;
    if (quantity === "d") return dprime(this.contrasts.moments[this.target], group);
    if (!probability) return this.#test(quantity === "t" ? "welch" : "student", member, group).t;
    const [test, correction] = probability;
    if (correction === "none") return oneSidedPValues(this.#test(test, member, group));
    return correct(this.column(test === "welch" ? "p" : "p_pooled", member) as Float64Array, correction);
  }

  #group(member: Member): Moments | null {
    return member === "rest" ? this.contrasts.rest(this.target) : this.contrasts.moments[member];
  }

  #test(kind: Test, member: Member, group: Moments): TTest {
    const key = `${kind} ${member}`;
    let test = this.#tests.get(key);
    if (!test) {
      test = (kind === "welch" ? welch : student)(this.contrasts.moments[this.target], group);
      this.#tests.set(key, test);
    }
    return test;
  }
}
