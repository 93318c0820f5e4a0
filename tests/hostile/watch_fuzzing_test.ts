import assert from "node:assert/strict";
import { PARSERS } from "../../tasks/fuzz/parsers.ts";
import { watchFuzzing } from "../../tasks/fuzz/watch_fuzzing.ts";
import { runCommand } from "../tasks/run_command.ts";

const module = new URL("./_endless_parsers.ts", import.meta.url).href;

Deno.test("an input that is read without end is a finding, and the next thread goes on after it", async () => {
  const loops = await watchFuzzing({ module, parser: "loops", count: 5, seed: 0, from: 10, hangMs: 400 });
  assert.deepEqual(loops.findings, [{ input: 12, why: "it did not end within 0.4 s" }]);
  // Two before it, and two after it.
  assert.deepEqual([loops.read, loops.refused], [2, 2]);
  const waits = await watchFuzzing({ module, parser: "waits", count: 3, seed: 0, hangMs: 400 });
  assert.deepEqual(waits.findings, [{ input: 1, why: "it did not end within 0.4 s" }]);
});

Deno.test("an input that ends the thread is a finding", async () => {
  const { findings } = await watchFuzzing({ module, parser: "dies", count: 2, seed: 0 });
  assert.equal(findings.length, 1);
  assert.equal(findings[0].input, 1);
  assert.match(findings[0].why, /^it ended the thread: .*not a function/);
});

Deno.test("a thread finds what the same inputs give outside, stops when it is told to, and names a parser without seeds", async () => {
  const { name } = PARSERS[0];
  const done: number[] = [];
  const fuzzed = await watchFuzzing({ parser: name, count: 30, seed: 2, onProgress: (each) => done.push(each) });
  assert.equal(fuzzed.read + fuzzed.refused, 30);
  assert.deepEqual(fuzzed.findings, []);
  await assert.rejects(
    watchFuzzing({ parser: name, count: 1, seed: 0, signal: AbortSignal.abort(new Error("stop")) }),
    {
      message: "stop",
    },
  );
  await assert.rejects(watchFuzzing({ module, parser: "none", count: 1, seed: 0 }), /^Error: Cannot try "none": /);
});

Deno.test("the command prints count and seed, and what of each parser was read and refused", async () => {
  const { code, out } = await runCommand("fuzz.ts", ["--parsers", "bmp,recipe", "--count", "5", "--seed", "5"]);
  assert.equal(code, 0);
  assert.match(
    out,
    /^2 parsers, 5 inputs each from number 0, seed 5\nbmp: \d+ read, \d+ refused, 0 findings, \d+ s\n/,
  );
});
