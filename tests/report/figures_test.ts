import assert from "node:assert/strict";
import { runFamilies } from "../../src/report/_families.ts";
import { figureBlock } from "../../src/report/_figure_block.ts";
import { compileFigure, figureSvg } from "../../src/report/_figure_svg.ts";
import { layerSlots } from "../../src/report/_layer_slots.ts";
import { atlasSvg } from "../../src/report/client/atlas_svg.ts";
import { availableChoices } from "../../src/report/client/available_choices.ts";
import { withEmptyPanels } from "../../src/report/client/empty_panels.ts";
import { type Selection, selectRows } from "../../src/report/client/select_rows.ts";
import { SECTIONS } from "../../src/report/_sections.ts";
import { conditionDissimilarity } from "../../src/report/figures/condition_dissimilarity.ts";
import type { ChartFigure, Figure, FigureInput, Layout } from "../../src/report/figures/figure.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const results = syntheticResults({ seeds: 2, layers: ["stem", "layer4", "pool"], targets: ["faces", "words"] });
const input: FigureInput = { results, families: runFamilies(results), layers: layerSlots(results) };
const selection: Selection = {
  category: "all",
  layer: input.layers.initial,
  criterion: results.criterion.name,
  families: input.families.map((family) => family.id),
  choices: {},
};
const makers = SECTIONS.flatMap((section) => section.figures);
const figures = makers.map((make) => make(input)).filter(({ rows }) => rows.length > 0);

function shown(figure: Figure, under: Selection): ReturnType<typeof selectRows> {
  const { nearest } = input.layers;
  const { values } = availableChoices(figure.rows, figure.filters, figure.choices, {}, under, nearest);
  return selectRows(figure.rows, figure.filters, { ...under, choices: values }, nearest);
}

async function drawn(figure: Figure, layout: Layout, under: Selection): Promise<string> {
  const rows = withEmptyPanels(shown(figure, under), figure.panels, figure.filters, under);
  if ("atlas" in figure) return atlasSvg(rows, figure.atlas, layout, false);
  return await figureSvg(compileFigure(figure.spec(layout), "chosen measure"), rows, figure.id);
}

for (const figure of figures) {
  Deno.test(`the figure ${figure.id} draws as it did`, async (t) => {
    await t.assertSnapshot((await drawn(figure, "wide", selection)).replaceAll("><", ">\n<"));
  });
}

Deno.test("every figure draws in the narrow layout, within a phone's width", async () => {
  for (const figure of figures) {
    const svg = await drawn(figure, "narrow", selection);
    const width = Number(/ width="(\d+(?:\.\d+)?)"/.exec(svg)![1]);
    assert.ok(width <= 410, `${figure.id} is ${width} wide`);
  }
});

Deno.test("every figure has rows, a title, and a sentence on how to read it", () => {
  for (const figure of figures) {
    assert.ok(shown(figure, selection).length > 0, figure.id);
    assert.match(figure.reading, /^[A-Z].{60,}[.]$/);
    const words = figure.reading.split(/\s+/).length;
    assert.ok(words <= 30, `${figure.id} is explained in ${words} words`);
    assert.ok(figure.title.length > 10 && figure.description.endsWith("."));
    for (const column of figure.columns) assert.ok(column in figure.rows[0], `${figure.id} has no ${column}`);
  }
  assert.equal(new Set(figures.map(({ id }) => id)).size, figures.length);
});

Deno.test("every figure that follows the networks is empty where none is chosen", async () => {
  for (const figure of figures) {
    assert.ok(figure.filters.networks, figure.id);
    const { block } = await figureBlock(figure, { ...selection, families: [] }, input.layers.nearest);
    assert.match(block.toString(), /class="canvas empty"/);
    assert.ok(!block.toString().includes("<svg"));
  }
});

Deno.test("conditions that are not compared have no row among the dissimilarities", () => {
  const [derived, ...others] = results.conditions;
  const { rows } = conditionDissimilarity({
    ...input,
    results: { ...results, settings: { ...results.settings, derived: [derived] } },
  });
  assert.deepEqual([...new Set(rows.map(({ conditionA }) => conditionA))], others);
  assert.deepEqual([...new Set(rows.map(({ conditionB }) => conditionB))], others);
});

Deno.test("every figure draws results in which nothing was selected", async () => {
  const empty = structuredClone(results);
  const nothing = { value: null, interval: null, reason: "nothing selected" };
  for (const layer of empty.networks.flatMap((network) => network.layers)) {
    for (const category of Object.values(layer.categories)) {
      for (const name of Object.keys(category.measures)) category.measures[name] = { ...nothing };
      category.measures.proportion = { value: 0, interval: [0, 0] };
      category.halfDice = null;
      for (const name of Object.keys(category.circular)) category.circular[name] = null;
      category.spread = null;
      category.lorenz = null;
      category.channels = [];
      category.curve = [];
      if (category.map) category.map.counts = category.map.counts.map(() => 0);
    }
  }
  const families = runFamilies(empty);
  for (const make of makers) {
    const figure = make({ results: empty, families, layers: layerSlots(empty) });
    const { block } = await figureBlock(figure, selection, input.layers.nearest);
    assert.ok(!/NaN|Infinity/.test(block.toString()), `${figure.id} draws a number that is none`);
  }
});

Deno.test("figures name the level of their intervals", () => {
  const other = structuredClone(results);
  other.settings.level = 0.8;
  const own = new Map(
    makers.map((make) => make({ ...input, results: other })).map((
      figure,
    ) => [figure.id, figure]),
  );
  for (const { reading, description, id } of own.values()) {
    assert.doesNotMatch(`${reading} ${description}`, /95|2\.5/, id);
  }
  for (const id of ["specificity-by-depth", "consistency-means", "proportion-by-depth", "difference-by-depth"]) {
    assert.match(own.get(id)!.reading, /80\u00a0%/, id);
  }
  assert.match(own.get("claim-effects")!.description, /80\u00a0% intervals/);
  assert.match(own.get("proportion-by-depth")!.reading, /reach in 10\u00a0% of draws/);
  assert.match(own.get("difference-by-depth")!.reading, /keep p below 0\.2 after/);
  const spec = (own.get("difference-by-depth") as ChartFigure).spec("wide");
  assert.match(JSON.stringify(spec), /datum\.pValue >= 0\.2"/);
});

Deno.test("lines by depth pass over layers that stand at the depth of the one before, and these keep their marks", async () => {
  const own = structuredClone(results);
  for (const { layers: [, before, last] } of own.networks) if (last) last.depth = before.depth;
  const later: FigureInput = { ...input, results: own, layers: layerSlots(own) };
  const draw = async (): Promise<string> => {
    const figure = makers.map((make) => make(later)).find(({ id }) => id === "proportion-by-depth")!;
    return await drawn(figure, "wide", selection);
  };
  const svg = await draw();
  const lines = [...svg.matchAll(/<path d="M([^"MZ]*L[^"MZ]*)"[^>]*stroke-dasharray/g)].map(([, path]) =>
    path.split("L").map((point) => point.split(",")[0])
  );
  // A family's in every panel, and what chance reaches.
  assert.equal(lines.length, own.targets.length * (later.families.length + 1));
  for (const across of lines) assert.equal(new Set(across).size, across.length, across.join(" "));
  const marks = svg.match(/<use [^>]*href="#proportion-by-depth-/g)?.length;
  assert.equal(marks, 3 * own.targets.length * later.families.length);
  // What chance reaches in such a layer is not drawn at the other's depth.
  for (const { layers: [, , last] } of own.networks) {
    for (const category of Object.values(last?.categories ?? {})) category.null!.interval = [0, 0.9];
  }
  assert.equal(await draw(), svg);
});

Deno.test("the sizes of effects are in each measure's own unit, with the bounds of what is of interest", async () => {
  const own = structuredClone(results);
  own.measures.find(({ name }) => name === "specificity.dprime")!.smallest = { scale: "difference", value: 0.1 };
  const of = (id: string) => own.claims.find((claim) => claim.id === id)!.rows[0];
  Object.assign(of("more"), { difference: 0.03, interval: [0.01, 0.05] });
  Object.assign(of("specificity"), { difference: -0.2, interval: [-0.3, 0.2] });
  const figure = makers.map((make) => make({ ...input, results: own })).find(({ id }) => id === "claim-effects")!;
  const [share] = figure.rows.filter(({ claim }) => claim === "more");
  assert.deepEqual([share.difference, share.low, share.high, share.unit, share.more], [3, 1, 5, "points", null]);
  const [dprime] = figure.rows.filter(({ claim }) => claim === "specificity");
  assert.deepEqual([dprime.difference, dprime.low, dprime.less, dprime.more], [-0.2, -0.3, -0.1, 0.1]);
  const page = await drawn(figure, "wide", selection);
  assert.ok(page.includes("points"));
  assert.ok(figure.rows.every(({ claim }) => claim !== "presence"));
});

Deno.test("figureSvg() gives ids that no other figure of the page has", async () => {
  const ids = new Set<string>();
  for (const figure of figures) {
    for (const [, id] of (await drawn(figure, "wide", selection)).matchAll(/ id="([^"]+)"/g)) {
      assert.ok(!ids.has(id), id);
      ids.add(id);
    }
  }
  assert.ok(ids.size > 0);
});

Deno.test("compileFigure() refuses a specification that Vega-Lite warns of", () => {
  const broken = { data: { name: "table" }, mark: "bar", encoding: { nonsense: { field: "a", type: "nominal" } } };
  assert.throws(() => compileFigure(broken as never, ""), /^Error: Cannot draw a figure: /);
});

Deno.test("a measure that nothing but the results describes is drawn by the figures of its kind and group", () => {
  const more = structuredClone(results);
  const [unit] = more.measures.filter(({ kind }) => kind === "unit");
  const named = { label: "Made-up sharpness", short: "Sharpness", primary: false };
  more.measures.push({ ...unit, ...named, name: "made.unit" });
  more.measures.push({ ...unit, ...named, name: "made.whole", kind: "network", group: "strength" });
  more.measures.push({ ...unit, ...named, name: "made.place", kind: "placement", group: "localization", excess: true });
  for (const { layers, measures } of more.networks) {
    measures["made.whole"] = { all: { value: 1, interval: [0, 2] } };
    for (const category of layers.flatMap((layer) => Object.values(layer.categories))) {
      category.measures["made.unit"] = { value: 3, interval: null };
      category.measures["made.place"] = { value: 3, interval: null, random: 2, z: 4 };
      category.circular["made.unit"] = 4;
      category.spread!["made.unit"] = category.spread!["specificity.dprime"];
      for (const point of category.curve) point.values["made.unit"] = 5;
    }
  }
  const own = new Map(makers.map((make) => make({ ...input, results: more })).map((figure) => [figure.id, figure]));
  const shows = (id: string, measure: string): void => {
    const { rows, choices } = own.get(id)!;
    assert.ok(rows.some((row) => row.measure === measure), `${id} has no row of ${measure}`);
    const choice = choices.find(({ column }) => column === "measure");
    if (choice) {
      assert.match(choice.options.find(({ value }) => value === measure)?.label ?? "", /Made-up sharpness/, id);
    }
  };
  for (const id of ["specificity-by-depth", "circular-bias"]) {
    shows(id, "made.unit");
  }
  shows("localization-by-depth", "made.place");
  shows("strength-of-networks", "made.whole");
});
