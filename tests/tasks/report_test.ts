import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeResults } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

async function report(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "tasks/report.ts", ...args],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("deno task report writes the page of one run, compares two, and says what is wrong", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-report-task-"));
  try {
    const a = syntheticResults({ seeds: 1, layers: ["pool"], targets: ["faces"] });
    const b = structuredClone(a);
    b.id = "0.0.0-other000";
    b.settings.permutations = 7;
    b.networks[0].layers[0].categories.faces.measures["strength.margin"] = { value: 9, interval: [8, 10] };
    await writeResults(join(folder, "a", "results.json"), a);
    await writeResults(join(folder, "b", "results.json"), b);
    const idle = {
      ...a.networks[0],
      status: "not run" as const,
      reason: "offline",
      layers: [],
      consistency: {},
      measures: {},
    };
    await writeResults(join(folder, "idle", "results.json"), { ...a, networks: [idle], comparisons: [], claims: [] });

    const [one, two, missing, none, nothing] = await Promise.all([
      report(join(folder, "a")),
      report(join(folder, "a", "results.json"), join(folder, "b"), "--out", join(folder, "compared.html")),
      report(join(folder, "nowhere")),
      report(),
      report(join(folder, "idle")),
    ]);
    assert.equal(nothing.code, 2);
    assert.match(nothing.err, /^error: Cannot make a page of ".*results\.json": none of its networks was run\n$/);
    assert.deepEqual(await readdir(join(folder, "idle")), ["results.json"]);
    assert.deepEqual([one.code, one.out.trim(), one.err], [0, join(folder, "a", "index.html"), ""]);
    assert.match(await readFile(join(folder, "a", "index.html"), "utf8"), /^<!doctype html>/);
    assert.equal(two.code, 0);
    assert.match(two.out, /with 1 input changed, 1 of the 56 numbers they share moved beyond their intervals/);
    assert.match(two.out, /settings\.permutations\s*│ 200\s*│ 7/);
    assert.match(two.out, /made-vision-s0 │ pool\s*│ faces\s*│ strength\.margin/);
    assert.match(await readFile(join(folder, "compared.html"), "utf8"), /What changed between runs/);
    assert.deepEqual(await readdir(join(folder, "b")), ["results.json"]);
    assert.equal(missing.code, 2);
    assert.match(
      missing.err,
      /^error: Cannot find ".*nowhere"; expected a results\.json or the folder that holds one\n$/,
    );
    assert.equal(none.code, 2);
    assert.match(none.err, /^error: missing required argument 'results'\n$/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
