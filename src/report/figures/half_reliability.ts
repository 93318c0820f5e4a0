import { depthCurves } from "./_depth_curves.ts";
import type { Figure, FigureInput, FigureRow } from "./figure.ts";

/** Whether the two halves of the images select the same units. */
export function halfReliability(input: FigureInput): Figure {
  return {
    id: "half-reliability",
    title: "Whether both halves select the same units",
    reading:
      "One means that both halves of the images select exactly the same units, zero that they share none. The dotted line " +
      "is what random selections would share.",
    description:
      "Line chart of the Dice coefficient between the selections of two halves of the images, one panel per category.",
    columns: ["criterion", "category", "family", "network", "layer", "depth", "value", "chance"],
    rows: diceRows(input),
    filters: { category: "any", criterion: "chosen", networks: true },
    choices: [],
    panels: input.results.targets,
    spec: (layout) =>
      depthCurves(input, layout, { title: "Dice coefficient between halves", zero: true, chance: "chance" }),
  };
}

function diceRows({ results }: FigureInput): FigureRow[] {
  return results.criteria.flatMap(({ name: criterion }) =>
    results.networks.flatMap((network) =>
      network.layers.flatMap((layer) =>
        results.targets.map((category) => {
          const found = criterion === results.criterion.name ? layer.categories : layer.criteria[criterion];
          const chance = found?.[category]?.halfDiceChance ?? null;
          return {
            criterion,
            category,
            family: network.family,
            network: network.id,
            layer: layer.name,
            depth: layer.depth,
            value: found?.[category]?.halfDice ?? null,
            low: null,
            high: null,
            chance,
          };
        })
      )
    )
  );
}
