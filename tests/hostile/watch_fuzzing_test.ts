import assert from "node:assert/strict";
import { fuzzParser } from "../../tasks/fuzz/fuzz_parser.ts";
import { PARSERS } from "../../tasks/fuzz/parsers.ts";
import { watchFuzzing } from "../../tasks/fuzz/watch_fuzzing.ts";
import { runCommand } from "../tasks/run_command.ts";

const module = new URL("./_endless_parsers.ts", import.meta.url).href;

Deno.test("an input that is read without end is a finding, and the next thread goes on after it", async () => {
  const done = new Set<number>(), onProgress = (inputs: number): unknown => done.add(inputs);
  const loops = await watchFuzzing({ module, parser: "loops", count: 7, seed: 0, from: 10, hangMs: 400, onProgress });
  const why = "it did not end within 0.4 s";
  assert.deepEqual(loops.findings, [{ input: 12, why }, { input: 15, why }]);
  // Two before each, and one after them.
  assert.deepEqual([loops.read, loops.refused], [3, 2]);
  // Over both threads, what was done when the two were read.
  assert.ok(done.has(2) && done.has(5), [...done].join());
  const waits = await watchFuzzing({ module, parser: "waits", count: 3, seed: 0, hangMs: 400 });
  assert.deepEqual(waits.findings, [{ input: 1, why }]);
});

Deno.test("an input that ends the thread is a finding", async () => {
  const { findings } = await watchFuzzing({ module, parser: "dies", count: 2, seed: 0 });
  assert.equal(findings.length, 1);
  assert.equal(findings[0].input, 1);
  assert.match(findings[0].why, /^it ended the thread: .*not a function/);
});

Deno.test("a thread gives what the same inputs give outside, stops when it is told to, and names a parser that is unknown", async () => {
  const [parser] = PARSERS, { name } = parser, asked = { count: 30, seed: 2 };
  const fuzzed = await watchFuzzing({ parser: name, ...asked });
  assert.equal(fuzzed.read + fuzzed.refused, 30);
  // Its parser needs no folder.
  assert.deepEqual(fuzzed, await fuzzParser(parser, { ...asked, folder: "" }));
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
