import type { TopLevelSpec } from "vega-lite";
import { ALL_CATEGORIES, ALL_UNITS } from "../../inference/mod.ts";
import type { MeasureGroup } from "../../measures/mod.ts";
import type { MeasureResult } from "../../results/mod.ts";
import { capitalized, formatLevel } from "../_format.ts";
import { axisFormat, axisTitle, measuresWhere } from "../_measures.ts";
import { categoryPanels } from "./_category_panels.ts";
import { measureChoice } from "./_measure_choice.ts";
import { CHOSEN_TITLE, fading, familyScales, PAPER } from "./_theme.ts";
import { valueAxis } from "./_value_axis.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** What the average over categories is called. */
const AVERAGE = "all categories";

const TITLES: Readonly<Record<MeasureGroup, string>> = {
  quantity: "How their number changes over the whole network",
  specificity: "Specificity over the whole network",
  localization: "Localization over the whole network",
  strength: "Strength of response over the whole network",
  consistency: "Consistency over depth, beside its reliability",
};

/** The measures of a group that belong to whole networks, a row a family; for consistency, beside what the data allow. */
export function networkMeans(group: MeasureGroup): (input: FigureInput) => Figure {
  return (input) => {
    const { results } = input;
    const measures = measuresWhere(
      results,
      ({ name, group: its }) => its === group && results.networks.some((network) => name in network.measures),
    );
    const reliable = group === "consistency";
    const level = formatLevel(results.settings.level);
    return {
      id: reliable ? "consistency-means" : `${group}-of-networks`,
      title: TITLES[group],
      reading: `Points are trainings, the thick tick their mean; a single training has its ${level} interval.${
        reliable
          ? " The grey tick is the reliability: what two halves of the same units reach."
          : " Each number is taken over all layers."
      }`,
      description: `Dot plot of measures of whole networks${
        reliable ? " and their reliability" : ""
      }, one panel per category.`,
      columns: [
        "measure",
        "category",
        "family",
        "network",
        "value",
        "low",
        "high",
        ...(reliable ? ["reliability"] : []),
      ],
      rows: meanRows(input, measures, reliable),
      filters: { category: "any", criterion: "main", networks: true },
      choices: measures.length > 1 ? [measureChoice(measures)] : [],
      spec: (layout) => meanSpec(input, measures, layout),
    };
  };
}

function meanRows(
  { results, families }: FigureInput,
  measures: readonly MeasureResult[],
  reliable: boolean,
): FigureRow[] {
  return measures.flatMap(({ name }) =>
    [ALL_CATEGORIES, ...results.targets].flatMap((category) =>
      families.flatMap((family) => {
        const networks = results.networks.filter((network) => network.family === family.id);
        return networks.flatMap((network) => {
          const found = network.measures[name]?.[category];
          if (!found || found.value === null) return [];
          return [{
            measure: name,
            category: category !== ALL_CATEGORIES ? category : reliable ? ALL_UNITS : AVERAGE,
            family: family.id,
            network: network.id,
            value: found.value,
            low: found.interval?.[0] ?? null,
            high: found.interval?.[1] ?? null,
            alone: networks.length === 1,
            ...(reliable && { reliability: network.consistency[category]?.reliability ?? null }),
          }];
        });
      })
    )
  );
}

function meanSpec(
  { results, families }: FigureInput,
  measures: readonly MeasureResult[],
  layout: Layout,
): TopLevelSpec {
  const wide = layout === "wide";
  const reliable = measures.some(({ group }) => group === "consistency");
  const scales = familyScales(families);
  const most = measures.length === 1 ? measures[0].range[1] : null;
  const y = {
    field: "family",
    type: "nominal",
    sort: families.map(({ id }) => id),
    axis: { title: null, labelColor: PAPER.ink, labelLimit: wide ? 190 : 100, labelFontSize: wide ? 11 : 10 },
  };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    scale: { zero: true },
    axis: {
      title: null,
      grid: true,
      ...(most === null ? { tickCount: 3 } : { values: [0, most / 2, most] }),
      ...valueAxis(axisFormat(measures)),
    },
  });
  const color = { field: "family", type: "nominal", scale: scales.color, legend: null };
  const mean = (
    field: string,
    style: Readonly<Record<string, unknown>>,
    encoding: Readonly<Record<string, unknown>>,
  ) => ({
    transform: [{ aggregate: [{ op: "mean", field, as: field }], groupby: ["category", "family"] }],
    mark: { type: "tick", ...style },
    encoding: { y, x: x(field), ...encoding },
  });
  return categoryPanels(layout, {
    title: {
      text: measures.length !== 1 ? CHOSEN_TITLE : capitalized(wide ? axisTitle(measures[0]) : measures[0].short),
    },
    sort: [ALL_UNITS, AVERAGE, ...results.targets],
    columns: wide ? 5 : 2,
    spacing: wide ? 18 : 12,
    width: wide ? 138 : 96,
    height: { step: wide ? 26 : 22 },
    layers: [
      {
        transform: [{ filter: "datum.alone" }],
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { y, x: x("low"), x2: { field: "high" }, color, opacity: fading(0.5, 0.1) },
      },
      ...(reliable ? [mean("reliability", { color: PAPER.muted, thickness: 1.5, size: wide ? 18 : 15 }, {})] : []),
      mean("value", { thickness: 3, size: wide ? 15 : 12 }, { color, opacity: fading(1, 0.12) }),
      {
        mark: { type: "point", filled: true, size: 34 },
        encoding: {
          y,
          x: x("value"),
          color,
          shape: { field: "family", type: "nominal", scale: scales.shape, legend: null },
          opacity: fading(0.65, 0.1),
          tooltip: [
            { field: "network", title: "Network" },
            { field: "category", title: "Category" },
            { field: "value", title: "Value", format: ".3~g" },
            { field: "low", title: "Lower bound", format: ".3~g" },
            { field: "high", title: "Upper bound", format: ".3~g" },
            ...(reliable ? [{ field: "reliability", title: "Reliability", format: ".3f" }] : []),
          ],
        },
      },
    ],
  });
}
