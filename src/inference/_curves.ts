import { matchedCriterion } from "../criteria/mod.ts";
import { type Found, type Halves, type LayerEvaluator, localizeHalves, type Split } from "../localize/mod.ts";
import type { Measure } from "../measures/mod.ts";
import type { LayerCategory } from "../results/mod.ts";

/** Proportions at which the curve of matched selections is drawn. */
const PROPORTIONS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2] as const;
/** The name under which selections of equal proportion stand among the criteria. */
export const MATCHED = "matched";

/** Every measure of selections of equal proportion on a split, one curve per target. */
export function equalProportionCurves(evaluator: LayerEvaluator, split: Split): LayerCategory["curve"][] {
  const halves: Halves = [
    evaluator.half(split, 0, { into: evaluator.buffers(0) }),
    evaluator.half(split, 1, { into: evaluator.buffers(1) }),
  ];
  const points = PROPORTIONS.map((proportion) => {
    const criterion = matchedCriterion(MATCHED, proportion);
    const { found } = localizeHalves(evaluator, halves, { criterion });
    halves.forEach((half) => half.forget(criterion));
    return { proportion, found };
  });
  return evaluator.design.targets.map((_, t) =>
    points.map(({ proportion, found }) => ({ proportion, ...pointOf(found[t], evaluator.measures) }))
  );
}

function pointOf(
  { values }: Found,
  measures: readonly Measure[],
): Pick<LayerCategory["curve"][number], "values" | "z" | "reason"> {
  const reason = values.find((each) => each.reason !== undefined)?.reason;
  return {
    values: Object.fromEntries(measures.map(({ name }, m) => [name, values[m].value])),
    z: Object.fromEntries(
      measures.flatMap(({ name, kind }, m) => kind === "placement" ? [[name, values[m].z ?? null] as const] : []),
    ),
    ...(reason === undefined ? {} : { reason }),
  };
}
