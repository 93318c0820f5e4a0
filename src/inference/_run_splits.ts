import type { Criterion } from "../criteria/mod.ts";
import {
  type Half,
  type Halves,
  type LayerEvaluator,
  localizeHalves,
  type Selected,
  type Selections,
  type Split,
} from "../localize/mod.ts";
import { Tally } from "./_tally.ts";

/** A criterion to be evaluated on a layer, or on a sample of its channels. */
export interface Rule {
  readonly criterion: Criterion;
  /** On how many of the splits. */
  readonly splits: number;
  /** Whether the splits themselves are evaluated here. */
  readonly estimates: boolean;
  /** Whether blocks are deleted here. */
  readonly deletions: boolean;
  /** One per target. */
  readonly tallies: readonly Tally[];
}

/**
 * Evaluates criteria on every split and on every split with one block deleted. The halves and their contrasts are shared.
 *
 * @param visit Shown what each rule selects on each split, where it is estimated here; the halves' arrays are used again.
 */
export function runSplits(
  evaluator: LayerEvaluator,
  splits: readonly Split[],
  rules: readonly Rule[],
  { visit, timeTests }: {
    readonly visit: (split: number, rule: Rule, halves: Halves, selections: Selections) => void;
    readonly timeTests: <T>(work: () => T) => T;
  },
): void {
  const { blocks } = evaluator.design;
  // The fixed threshold is asked for here too, so that its tests count as tests; the half remembers what it selects.
  const select = (half: Half, criterion: Criterion): readonly Selected[] =>
    timeTests(() => {
      const selected = half.select(criterion);
      evaluator.measuredUnits(half, criterion);
      return selected;
    });
  for (const [s, split] of splits.entries()) {
    const here = rules.filter((rule) => s < rule.splits);
    if (here.length === 0) break;
    const criteria = here.map(({ criterion }) => criterion);
    const halves: Halves = [
      evaluator.half(split, 0, { into: evaluator.buffers(0), criteria }),
      evaluator.half(split, 1, { into: evaluator.buffers(1), criteria }),
    ];
    const selected = here.map(({ criterion }): Selections => [
      select(halves[0], criterion),
      select(halves[1], criterion),
    ]);
    here.forEach((rule, r) => {
      if (!rule.estimates) return;
      const { criterion, tallies } = rule;
      const { found } = localizeHalves(evaluator, halves, { criterion, selections: selected[r] });
      found.forEach((own, t) => tallies[t].add(own));
      visit(s, rule, halves, selected[r]);
    });
    const deleting = here.filter((rule) => rule.deletions).map(({ criterion }) => criterion);
    if (deleting.length === 0) continue;
    for (let block = 0; block < blocks; block++) {
      const side = split[block];
      const less = evaluator.half(split, side, { without: block, into: evaluator.buffers(2), criteria: deleting });
      const both: Halves = side === 0 ? [less, halves[1]] : [halves[0], less];
      here.forEach((rule, r) => {
        if (!rule.deletions) return;
        const { criterion, tallies } = rule;
        const own = select(less, criterion);
        const selections: Selections = side === 0 ? [own, selected[r][1]] : [selected[r][0], own];
        const { found } = localizeHalves(evaluator, both, { criterion, selections });
        found.forEach((each, t) => tallies[t].addDeletion(s, block, each));
      });
    }
  }
}
