import assert from "node:assert/strict";
import { describeIntervals } from "../../src/analysis/mod.ts";

Deno.test("describeIntervals() says what the options make of the intervals", () => {
  const text = describeIntervals({ targets: ["faces"], replicates: 1234, selectionReplicates: 321, mapReplicates: 45 });
  for (
    const part of ["95 %", "1,234 bootstrap samples", "321 samples", "localization in 45", "30 random splits", "Holm"]
  ) {
    assert.ok(text.includes(part), part);
  }
  assert.match(describeIntervals({ targets: ["faces"], level: 0.9 }), /90 % percentile/);
  assert.match(describeIntervals({ targets: ["faces"], level: 0.999 }), /99\.9 % percentile/);
  assert.match(text, /fewer than 10 draws lie beyond zero, Student’s tail goes on/);
  assert.throws(() => describeIntervals({ targets: ["faces"], replicates: 1 }), /Cannot analyse with replicates = 1/);
});
