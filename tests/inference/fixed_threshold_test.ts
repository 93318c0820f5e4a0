import assert from "node:assert/strict";
import { CRITERIA } from "../../src/criteria/mod.ts";
import { analyseNetwork, type AnalysisSettings, analysisTools, getCell } from "../../src/inference/mod.ts";
import { synthesizeRecording } from "../../src/validation/mod.ts";
import { analyseSoundly, CONDITIONS, FEW, made, TARGETS } from "./made.ts";

const MARGIN = "strength.margin";
const UNIT_MEASURES = ["specificity.dprime", "specificity.t", "specificity.index", "specificity.sparseness", MARGIN];

Deno.test("the default criterion is the first of the presets, the conjunction that holds the rate that it names", () => {
  assert.equal(CRITERIA[0].name, "conjunction-max");
  assert.equal(analysisTools(FEW, CONDITIONS).criteria[0], CRITERIA[0]);
});

Deno.test("equal units are as specific and as strong however many there are, which the criterion's own selection is not", async () => {
  const found = await Promise.all([0.01, 0.2].map(async (selective) => {
    const { recording } = synthesizeRecording({
      seed: 11,
      imageSeed: 7,
      conditions: CONDITIONS,
      targets: ["faces"],
      imagesPerCondition: 40,
      categories: 1,
      layers: [{ name: "layer", shape: [10, 20, 25], selective, effect: 1 }],
    });
    const settings: AnalysisSettings = { ...FEW, targets: ["faces"], permutations: 0, criteria: ["q-of-their-own"] };
    const own = { ...CRITERIA[0], name: "q-of-their-own", movesWithPrevalence: undefined };
    const tools = analysisTools(settings, CONDITIONS, { criteria: [own] });
    const { layers: [{ categories: { faces }, criteria }] } = await analyseNetwork(recording, settings, { tools });
    return { at: faces.measures, own: criteria["q-of-their-own"].faces.measures };
  }));
  const [few, many] = found;
  for (const [name, most] of [["specificity.dprime", 0.06], [MARGIN, 0.06]] as const) {
    const fixed = Math.abs(many.at[name].value! - few.at[name].value!);
    const moving = Math.abs(many.own[name].value! - few.own[name].value!);
    assert.ok(fixed < most, `${name}: ${fixed} at the fixed threshold`);
    assert.ok(moving > 2 * fixed, `${name}: ${moving} in the criterion's own units, ${fixed} at the fixed threshold`);
  }
});

Deno.test("results say how many units each number rests on, and the interval's rule counts those", async () => {
  const { recording } = made({
    seed: 3,
    layers: [{ name: "weak", shape: [16, 10, 10], selective: 0.03, effect: 1.1 }],
  });
  const settings: Partial<AnalysisSettings> = { criteria: ["conjunction-fixed", "lu-wang"], permutations: 0 };
  const { layers: [{ categories, criteria }], numbers } = await analyseSoundly(recording, settings);
  let few = 0;
  for (const category of TARGETS) {
    const own = categories[category];
    assert.equal(own.measuredUnits, criteria["conjunction-max"][category].measuredUnits);
    assert.equal(criteria["lu-wang"][category].measuredUnits, criteria["lu-wang"][category].selected);
    const unitsOf = (name: string) => getCell(numbers.layers[0], [CRITERIA[0].name, category, name]).units;
    for (const name of UNIT_MEASURES) assert.equal(unitsOf(name), own.measuredUnits, name);
    for (const name of ["proportion", "localization.across.gini"]) assert.equal(unitsOf(name), own.selected, name);
    if (own.measuredUnits < 5) few++;
    assert.ok(own.nearThreshold! >= 0 && own.nearThreshold! <= own.selected, `${own.nearThreshold} units near`);
    for (const name of UNIT_MEASURES) {
      if (own.measuredUnits >= 5) continue;
      assert.equal(own.measures[name].interval, null);
      assert.match(own.measures[name].reason!, /^fewer than 5 units are measured on a half$|no unit passes/);
    }
  }
  assert.ok(few > 0, "some target has fewer than five units");
});

Deno.test("the threshold is a setting, of the preset and of what is measured alike", async () => {
  const settings: Partial<AnalysisSettings> = {
    criteria: ["conjunction-fixed"],
    fixedThreshold: 0.01,
    splits: 2,
    otherSplits: 2,
    permutations: 0,
  };
  const tools = analysisTools({ ...FEW, ...settings }, CONDITIONS);
  assert.equal(tools.criteria[1], tools.fixed);
  assert.match(tools.fixed.definition, /p < 0\.01 uncorrected/);
  const { recording } = made({ seed: 1 });
  const lax = await analyseSoundly(recording, settings);
  const strict = await analyseSoundly(recording, { ...settings, fixedThreshold: 1e-6 });
  lax.layers.forEach(({ categories, criteria }, l) => {
    for (const category of TARGETS) {
      assert.equal(categories[category].selected, strict.layers[l].categories[category].selected);
      assert.ok(categories[category].measuredUnits > strict.layers[l].categories[category].measuredUnits);
      const preset = criteria["conjunction-fixed"][category];
      assert.equal(preset.selected, categories[category].measuredUnits);
      for (const name of UNIT_MEASURES) {
        assert.equal(preset.measures[name].value, categories[category].measures[name].value, name);
      }
    }
  });
  for (const fixedThreshold of [0, 0.5, NaN]) {
    await assert.rejects(
      analyseNetwork(recording, { ...FEW, fixedThreshold }),
      /fixedThreshold = .*expected a number in \(0, ½\)/,
    );
  }
});

Deno.test("lu-wang is one criterion, as the main one and beside another", async () => {
  const { recording } = made({ seed: 8 });
  const derived = { scrambled: "places" };
  const common = { derived, splits: 2, otherSplits: 2, permutations: 0 };
  const main = await analyseNetwork(recording, { ...FEW, ...common, criterion: "lu-wang", criteria: ["lu-wang"] });
  const beside = await analyseNetwork(recording, { ...FEW, ...common, criteria: ["lu-wang"] });
  const without = await analyseNetwork(recording, {
    ...FEW,
    ...common,
    criterion: "lu-wang",
    derived: {},
    targets: TARGETS,
  });
  main.layers.forEach(({ criteria }, l) => {
    assert.deepEqual(criteria["lu-wang"], beside.layers[l].criteria["lu-wang"]);
    // Scrambled images are among its contrasts whether or not they are called derived.
    assert.deepEqual(criteria["lu-wang"], without.layers[l].criteria["lu-wang"]);
  });
});

Deno.test("the response profile has the planted responses with intervals, and each target's own is its strength", async () => {
  const settings = { ...FEW, permutations: 0, derived: { scrambled: "places" } };
  const { layers } = await analyseNetwork(made({ seed: 1 }).recording, settings);
  layers.forEach(({ categories }) => {
    for (const category of TARGETS) {
      const { profile, measures } = categories[category];
      assert.deepEqual(Object.keys(profile), CONDITIONS);
      assert.deepEqual(profile[category].value, measures["strength.response"].value);
      for (const condition of CONDITIONS) {
        const { value, interval } = profile[condition];
        assert.ok(interval![0] < value! && value! < interval![1], `${category}, ${condition}`);
        // Units respond with 1 and the planted effect of 2.5, in noise of 1.
        const planted = condition === category ? 3.5 : 1;
        assert.ok(Math.abs(value! - planted) < 0.5, `${category} to ${condition}: ${value}`);
      }
    }
  });
});
