import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { explainFailure } from "../../src/live/explain_failure.ts";

Deno.test("explainFailure() gives one plain sentence for what ends a run in a browser", () => {
  const rows: readonly [unknown, RegExp][] = [
    [new Error("Fatal error: Sorcery(-1) is not a registered function/op"), /operator .*: Sorcery;/],
    [new Error("Could not find an implementation for NonMaxSuppression(11) node"), /: NonMaxSuppression;/],
    [new Error("Cannot run on webgpu: the device was lost (destroyed)"), /processor was lost/],
    [new RangeError("Array buffer allocation failed"), /too little memory/],
    [new Error("std::bad_alloc"), /too little memory/],
    [new RequestError('Cannot use the stimuli in "x": it is empty'), /^Cannot use the stimuli in "x": it is empty\.$/],
    ["two\nlines", /^two lines\.$/],
  ];
  for (const [error, expected] of rows) {
    const sentence = explainFailure(error);
    assert.match(sentence, expected);
    assert.match(sentence, /^[^\n]+[.!?]$/);
  }
});

Deno.test("explainFailure() does not take an operator's name for too little memory, nor the other way about", () => {
  assert.doesNotMatch(
    explainFailure(new Error("MemoryEfficient(1) is not a registered function")),
    /too little memory/,
  );
  assert.doesNotMatch(explainFailure(new Error("Failed to allocate memory for requested buffer")), /operator/);
});
