import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { checksumOf, compareResults, parseResults, serializeResults } from "../../src/results/mod.ts";

const OLD = new URL("../../reports/mini/0.1.0-95f44d5d/results.json", import.meta.url);
const text = await readFile(OLD, "utf8");
const old = JSON.parse(text);
const results = parseResults(text);

/** The same file with one thing changed. */
function changed(change: (value: typeof old) => void): string {
  const value = structuredClone(old);
  change(value);
  return JSON.stringify(value);
}

Deno.test("parseResults() converts a published file of version 1, which reads the same once it is written again", () => {
  assert.equal(old.schemaVersion, 1);
  assert.equal(results.schemaVersion, 2);
  assert.deepEqual([results.study, results.id, results.settings.seed], [old.suite, old.id, old.provenance.seed]);
  assert.deepEqual([...results.targets, ...results.controls].sort(), [...old.conditions].sort());
  assert.deepEqual(results.settings.roles, { targets: "rule", controls: "rule", leftOut: [] });
  const again = parseResults(serializeResults(results));
  assert.deepEqual(again, { ...results, checksum: checksumOf(results) });
  const same = compareResults(results, again);
  assert.deepEqual([same.inputs, same.numbers, same.onlyA, same.onlyB], [[], [], [], []]);
  assert.ok(same.compared > 5000);
});

Deno.test("a converted file keeps every number of a layer, under the name that its measure has now", () => {
  results.networks.forEach((network, n) => {
    network.layers.forEach((layer, l) => {
      const tap = old.networks[n].taps[l];
      assert.deepEqual([layer.name, layer.depth, layer.units, layer.deletedUnits], [tap.name, tap.depth, tap.units, 0]);
      for (const [category, found] of Object.entries(layer.categories)) {
        const before = tap.categories[category];
        const { proportion, interval, specificity, localization, strength } = before;
        assert.equal(found.measures.proportion.value, proportion);
        assert.deepEqual(found.measures.proportion.interval, interval);
        assert.deepEqual(found.measures["specificity.dprime"], specificity.dprime);
        assert.deepEqual(found.measures["localization.within.entropy"], localization.within.entropy);
        assert.deepEqual(found.measures["localization.across.gini"], localization.across.gini);
        assert.deepEqual(found.measures["strength.margin"], strength.lead);
        assert.deepEqual(found.matched["strength.margin"], before.matched.strength.lead);
        assert.equal(Object.keys(found.measures).length, 14);
        assert.equal(found.halfDice, before.foldDice);
        assert.equal(found.circular["specificity.t"], before.circular.t);
        assert.equal(found.curve[2].values["strength.margin"], before.curve[2].lead);
        assert.equal(found.curve[2].z["localization.across.gini"], before.curve[2].acrossGiniZ);
        assert.deepEqual(found.spread?.["specificity.index"] ?? null, before.spread?.index ?? null);
      }
    });
    const { all } = old.networks[n].consistency;
    if (!all) return;
    assert.deepEqual(network.measures.consistency.all, all.mean);
    assert.equal(network.consistency.all.reliability, all.ceiling);
    assert.deepEqual(network.consistency.all.layers, all.taps);
  });
});

Deno.test("a converted file says that a number was not measured in 0.1 where version 1 has none", () => {
  const layer = results.networks[0].layers[6];
  const before = old.networks[0].taps[6].criteria["lu-wang"].faces;
  const { measures } = layer.criteria["lu-wang"].faces;
  assert.deepEqual(measures["specificity.t"], { value: null, interval: null, reason: "not measured in 0.1" });
  assert.deepEqual(measures["localization.within.entropy"], {
    value: null,
    interval: null,
    random: null,
    z: before.withinEntropyZ,
    reason: "not measured in 0.1",
  });
  assert.equal(measures["specificity.dprime"].value, before.dprime);
});

Deno.test("a converted file describes each of its measures", () => {
  const byName = new Map(results.measures.map((measure) => [measure.name, measure]));
  assert.equal(byName.size, 16);
  const of = (name: string): unknown[] => {
    const { kind, group, direction, short, format, primary, excess } = byName.get(name)!;
    return [kind, group, direction, short, format, primary, excess];
  };
  assert.deepEqual(of("proportion"), ["selection", "quantity", 1, "Proportion", "percent", true, false]);
  assert.deepEqual(of("specificity.dprime"), ["unit", "specificity", 1, "d′", "number", true, false]);
  assert.deepEqual(of("localization.within.entropy"), [
    "placement",
    "localization",
    -1,
    "Entropy within maps",
    "number",
    true,
    true,
  ]);
  assert.deepEqual(of("strength.margin"), ["unit", "strength", 1, "Margin", "number", false, false]);
  assert.deepEqual(of("depthSlope"), ["network", "quantity", 1, "Rise with depth", "number", false, false]);
});

Deno.test("a converted claim has both sides of every row, and no hypothesis: version 1 corrected none", () => {
  const claims = new Map(results.claims.map((claim) => [claim.id, claim]));
  const [share] = claims.get("presence")!.rows;
  assert.equal(share.inference, "families");
  assert.ok(Math.abs(share.valueB! - share.valueA! - share.difference!) < 1e-12);
  for (const { rows } of claims.values()) {
    assert.ok(rows.every(({ hypothesis, equivalenceP }) => !hypothesis && equivalenceP === null));
    assert.ok(
      rows.every(({ valueA, valueB, difference }) =>
        difference === null || Math.abs(valueB! - (valueA ?? 0) - difference) < 1e-6
      ),
    );
  }
});

Deno.test("the pairs of a converted file are those of its comparisons", () => {
  const names = new Set(results.comparisons.map(({ a, b }) => `${a} ${b}`));
  assert.deepEqual(new Set(results.pairs.map(({ a, b }) => `${a} ${b}`)), names);
  for (const { inference, trainings, paired } of results.pairs) {
    assert.deepEqual([inference, trainings, paired], ["families", [3, 3], false]);
  }
});

Deno.test("parseResults() names what a broken file of version 1 lacks, or what does not convert", () => {
  const refused = (change: (value: typeof old) => void, message: RegExp): void =>
    assert.throws(() => parseResults(changed(change), "a.json"), message);
  refused((value) => delete value.suite, /^Error: Cannot read results from "a\.json": suite does not fit the schema/);
  refused(
    (value) => value.networks[1].taps[0].categories.faces.strength = 7,
    /networks\[1\]\.taps\[0\]\.categories\.faces/,
  );
  refused((value) => value.networks[0].taps[2].depth = 9, /networks\[0\]\.layers\[2\]\.depth does not fit the schema/);
  refused((value) => value.surprise = 1, /does not fit the schema/);
});
