import assert from "node:assert/strict";
import fc from "fast-check";
import { matchedSets } from "../../src/lesions/matched_sets.ts";
import { Random } from "../../src/statistics/mod.ts";

function draw(selected: Uint32Array, live: Uint32Array, activity: Float64Array, sets = 20): Uint32Array[] {
  return matchedSets({ selected, live, activity, sets, random: new Random(3, "sets") });
}

Deno.test("matchedSets() draws as many live units as are selected, each once, the same for the same seed", () => {
  fc.assert(fc.property(
    fc.array(
      fc.record({ live: fc.boolean(), chosen: fc.boolean(), activity: fc.double({ min: -9, max: 9, noNaN: true }) }),
      {
        maxLength: 90,
      },
    ),
    (units) => {
      const live = Uint32Array.from(units.flatMap((unit, i) => unit.live ? [i] : []));
      const selected = live.filter((i) => units[i].chosen);
      const activity = Float64Array.from(units, (unit) => unit.activity);
      const sets = draw(selected, live, activity, 3);
      assert.equal(sets.length, 3);
      for (const set of sets) {
        assert.equal(new Set(set).size, selected.length);
        assert.ok(set.every((unit, i) => live.includes(unit) && (i === 0 || set[i - 1] < unit)));
      }
      assert.deepEqual(draw(selected, live, activity, 3), sets);
    },
  ));
});

Deno.test("matchedSets() matches the mean activity of the most active units, and does not draw the same set again", () => {
  const random = new Random(1, "activity"), activity = Float64Array.from({ length: 4000 }, () => random.normal() ** 2);
  const live = Uint32Array.from(activity.keys()).filter((unit) => unit % 2 === 0);
  const sorted = live.slice().sort((a, b) => activity[b] - activity[a]);
  const selected = sorted.slice(0, 300).filter((_, rank) => rank % 3 === 0).sort();
  const mean = (units: Uint32Array): number => units.reduce((sum, unit) => sum + activity[unit], 0) / units.length;
  const sets = draw(selected, live, activity);
  assert.ok(mean(live) < 0.5 * mean(selected));
  for (const set of sets) assert.ok(Math.abs(mean(set) / mean(selected) - 1) < 0.1, `${mean(set)}, ${mean(selected)}`);
  assert.equal(new Set(sets.map((set) => set.join())).size, sets.length);
  // Drawn at random, and selected units no more than others of their activity.
  const overlap = sets.reduce((sum, set) => sum + set.filter((unit) => selected.includes(unit)).length, 0) /
    sets.length;
  assert.ok(overlap > 20 && overlap < 50, String(overlap));
});

Deno.test("matchedSets() of all live units are all live units", () => {
  const live = Uint32Array.from([1, 2, 5, 8]);
  assert.deepEqual(draw(live, live, new Float64Array(9), 2), [live, live]);
});
