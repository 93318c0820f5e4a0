import { depthCurves } from "./_depth_curves.ts";
import type { TapResult } from "../../results/mod.ts";
import type { Figure, FigureInput, FigureRow } from "./figure.ts";

/** Whether the two halves of the images select the same units. */
export function foldReliability(input: FigureInput): Figure {
  return {
    id: "fold-reliability",
    title: "Whether both folds select the same units",
    reading:
      "One means that each half of the images selects exactly the units that the other does, zero that they share " +
      "none, and the dotted line what random selections of the same sizes would share; measures at a depth where this is low rest on units that new images would not select again.",
    description: "Line chart of the Dice coefficient between the selections of two folds, one panel per category.",
    columns: ["criterion", "category", "family", "network", "tap", "depth", "value", "chance"],
    rows: diceRows(input),
    filters: { category: "any", criterion: true, networks: true },
    choices: [],
    spec: (layout) =>
      depthCurves(input, layout, { title: "Dice coefficient between folds", zero: true, nullLine: true }),
  };
}

function diceRows({ results }: FigureInput): FigureRow[] {
  return results.criteria.flatMap(({ name: criterion }) =>
    results.networks.flatMap((network) =>
      network.taps.flatMap((tap) =>
        results.targets.map((category) => ({
          criterion,
          category,
          family: network.family,
          network: network.id,
          tap: tap.name,
          depth: tap.depth,
          value: criterion === results.criterion.name
            ? tap.categories[category].foldDice
            : tap.criteria[criterion]?.[category]?.foldDice ?? null,
          low: null,
          high: null,
          chance: chanceOf(tap, criterion, category),
          nullHigh: chanceOf(tap, criterion, category),
        }))
      )
    )
  );
}

function chanceOf(tap: TapResult, criterion: string, category: string): number | null {
  return tap.criteria[criterion]?.[category]?.foldDiceChance ?? null;
}
