import assert from "node:assert/strict";
import type { Progress } from "../../src/reproduce/mod.ts";
import { progressDisplay } from "../../src/terminal/mod.ts";

/** What is said of steps, each at its second. */
function saidOf(steps: readonly [number, Progress][], quiet = false): string[] {
  const said: string[] = [];
  const [log, now] = [console.error, Date.now];
  let second = 0;
  console.error = (line: string) => said.push(line);
  Date.now = () => 1e12 + 1000 * second;
  try {
    const display = progressDisplay({ quiet, terminal: false });
    for (const [at, progress] of steps) {
      second = at;
      display.onProgress(progress);
    }
    display.close();
  } finally {
    console.error = log;
    Date.now = now;
  }
  return said;
}

const recording = (done: number): Progress => ({ phase: "record", label: "a", done, total: 100, unit: "images" });
const analysing = (done: number): Progress => ({ phase: "analyse", label: "b", done, total: 4, unit: "layers" });

Deno.test("of steps that take turns each begins once, and ends with its own time and speed", () => {
  const steps: [number, Progress][] = [
    [0, recording(0)],
    [2, analysing(0)],
    [4, recording(50)],
    [9, analysing(3)],
    [10, recording(100)],
    [12, analysing(4)],
  ];
  assert.deepEqual(saidOf(steps), [
    "recording a",
    "analysing b",
    "recording a: done in 10.0 s, 10 images/s",
    "analysing b: done in 10.0 s",
  ]);
  assert.deepEqual(saidOf(steps, true), []);
});

Deno.test("a step of no time is named alone, and one that comes again is timed anew", () => {
  const again: [number, Progress][] = [[5, recording(0)], [10, recording(100)]];
  assert.deepEqual(saidOf([[0, recording(0)], [0, recording(100)], ...again]), [
    "recording a",
    "recording a",
    "recording a: done in 5.0 s, 20 images/s",
  ]);
});

Deno.test("a step of minutes tells how far it is once a minute, by what it did itself", () => {
  assert.deepEqual(
    saidOf([[0, recording(40)], [30, recording(45)], [60, recording(50)], [90, recording(60)], [600, recording(100)]]),
    [
      "recording a",
      "recording a: 50 %, 0.2 images/s, 300 s left",
      "recording a: done in 600.0 s, 0.1 images/s",
    ],
  );
});
