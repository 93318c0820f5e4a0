import assert from "node:assert/strict";
import { type MeasureGroup, MEASURES } from "../../src/measures/mod.ts";

Deno.test("every measure has a name of its own, and what tables and figures need to say of it", () => {
  assert.equal(new Set(MEASURES.map(({ name }) => name)).size, MEASURES.length);
  for (const { name, label, short, definition, doi, range: [low, high] } of MEASURES) {
    assert.ok(label.length > 0 && short.length > 0 && short.length <= label.length, name);
    assert.match(definition, /\.$/, name);
    assert.ok(doi === null || /^10\.\d{4,}\//.test(doi), name);
    assert.ok(low === null || high === null || low < high, name);
  }
});

Deno.test("the margin decides for strength, and consistency decides over all sampled units; every other over the selected", () => {
  const primary = MEASURES.filter((measure) => measure.primary);
  assert.equal(primary.find(({ group }) => group === "strength")?.name, "strength.margin");
  assert.deepEqual(primary.filter(({ primaryOver }) => primaryOver === "all units").map(({ name }) => name), [
    "consistency",
  ]);
  for (const { group, kind, ...measure } of MEASURES) {
    const atFixed = "atFixedThreshold" in measure && measure.atFixedThreshold === true;
    assert.equal(atFixed, kind === "unit" && (group === "specificity" || group === "strength"), measure.name);
  }
});

Deno.test("every group of measures has one by which its claims are judged", () => {
  const groups: MeasureGroup[] = ["quantity", "specificity", "localization", "strength", "consistency"];
  for (const group of groups) {
    const primary = MEASURES.filter((measure) => measure.group === group && measure.primary);
    assert.equal(primary.length, 1, group);
  }
  assert.deepEqual(new Set(MEASURES.map(({ group }) => group)), new Set(groups));
});
