import assert from "node:assert/strict";
import { synthesizeRecording } from "../../src/analysis/mod.ts";
import { CONDITIONS, made } from "./recordings.ts";

Deno.test("a target that is no condition is turned down; one that is has units planted for it", () => {
  const options = {
    seed: 1,
    conditions: CONDITIONS,
    imagesPerFold: 2,
    taps: [{ name: "pool", shape: [20], selective: 0.2, effect: 2 }],
  };
  assert.throws(
    () => synthesizeRecording({ ...options, targets: ["faces", "face"] }),
    (error: Error) => error instanceof RangeError && /Cannot plant selectivity for "face": no such/.test(error.message),
  );
  assert.ok(made({ ...options, targets: ["faces"] }).preference[0].includes(0));
});
