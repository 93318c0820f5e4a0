import type { TopLevelSpec } from "vega-lite";
import { meanOf } from "../../statistics/mod.ts";
import { config, HIGHLIGHT, PAPER } from "./_theme.ts";
import { valueAxis } from "./_value_axis.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** Seen on light cells and on dark ground. */
const FRAME = "#7a4a00";

/** What the selective units of each category are needed for. */
export function lesionMatrix(input: FigureInput): Figure {
  const rows = lesionRows(input);
  const layers = [...new Set(rows.map(({ layer }) => String(layer)))];
  return {
    id: "lesion-matrix",
    title: "What is lost without the units of a category",
    reading:
      "Rows: the category whose units were lesioned. Columns: the images to tell. Numbers: accuracy lost beyond random " +
      "units, in points. The category’s own images are framed.",
    description:
      "Matrices of the accuracy lost when the units of a category are lesioned, one panel per network family.",
    columns: ["family", "layer", "category", "condition", "units", "networks", "beyondRandom", "drop", "random"],
    rows,
    filters: { category: "any", criterion: "main", networks: true },
    choices: [{
      column: "layer",
      label: "Lesioned layer",
      options: layers.map((layer) => ({ value: layer, label: layer })),
      initial: layers[0] ?? "",
    }],
    spec: (layout) => lesionSpec(input, layout),
  };
}

/** Means over a family's networks; losses in percentage points. */
function lesionRows({ results, families }: FigureInput): FigureRow[] {
  return families.flatMap(({ id: family, networks }) => {
    const lesions = networks.flatMap((network) => network.lesions ?? []);
    return [...new Set(lesions.map(({ layer }) => layer))].flatMap((layer) => {
      const own = lesions.filter((lesion) => lesion.layer === layer);
      return results.targets.flatMap((category) => {
        const found = own.flatMap(({ targets }) => targets[category] ?? []);
        const shown = results.conditions.filter((name) => found.some(({ conditions }) => name in conditions));
        return shown.map((condition) => {
          const cells = found.map(({ conditions }) => conditions[condition]);
          const points = (of: "beyondRandom" | "drop" | "random"): number | null => {
            const mean = meanOf(cells.map((cell) => cell?.[of]));
            return mean === null ? null : 100 * mean;
          };
          return {
            family,
            layer,
            category,
            condition,
            own: condition === category,
            units: meanOf(found.map(({ units }) => units)),
            networks: cells.filter((cell) => cell?.beyondRandom != null).length,
            beyondRandom: points("beyondRandom"),
            drop: points("drop"),
            random: points("random"),
          };
        });
      });
    });
  });
}

function lesionSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const axis = { title: null, ticks: false, domain: false };
  const x = { field: "condition", type: "nominal", sort: [...results.conditions], axis: { ...axis, labelAngle: -40 } };
  const y = {
    field: "category",
    type: "nominal",
    sort: [...results.targets],
    axis: { ...axis, labelColor: PAPER.ink, labelLimit: wide ? 120 : 74 },
  };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: { field: "family", type: "nominal", title: null, sort: families.map(({ id }) => id) },
    columns: wide ? 3 : 1,
    spacing: { row: 22, column: 24 },
    spec: {
      width: { step: wide ? 30 : 32 },
      height: { step: wide ? 26 : 26 },
      layer: [
        {
          transform: [{ filter: "isValid(datum.beyondRandom)" }],
          mark: { type: "rect" },
          encoding: {
            x,
            y,
            color: {
              field: "beyondRandom",
              type: "quantitative",
              scale: { domainMid: 0, range: ["#7fb0dd", "#f4f1ec", "#e08a76"], interpolate: "lab" },
              legend: {
                title: "Points lost beyond random units",
                titleLimit: 0,
                gradientLength: 140,
                gradientThickness: 8,
                ...valueAxis("+.3~r"),
                tickCount: 4,
              },
            },
            tooltip: [
              { field: "family", title: "Family" },
              { field: "category", title: "Lesioned" },
              { field: "units", title: "Units", format: ",.0f" },
              { field: "condition", title: "Images" },
              { field: "drop", title: "Points lost", format: ".1f" },
              { field: "random", title: "By random units", format: ".1f" },
              { field: "beyondRandom", title: "Beyond them", format: "+.1f" },
            ],
          },
        },
        {
          transform: [{ filter: "datum.own" }],
          mark: { type: "rect", fill: "transparent", stroke: FRAME, strokeWidth: 2 },
          encoding: { x, y },
        },
        {
          transform: [
            { filter: "isValid(datum.beyondRandom)" },
            { calculate: "round(datum.beyondRandom) === 0 ? '0' : format(datum.beyondRandom, '+.0f')", as: "points" },
          ],
          mark: { type: "text", fontSize: 9.5, color: "#171b22" },
          encoding: { x, y, text: { field: "points" } },
        },
        {
          transform: [{ filter: "!isValid(datum.beyondRandom)" }],
          mark: { type: "text", fontSize: 9.5, color: PAPER.muted, text: "–" },
          encoding: { x, y },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
