import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { reproduce } from "../../src/reproduce/mod.ts";

const SOON_MS = 4000;
const PHASES = ["record", "analyse"] as const;

for (const phase of PHASES) {
  Deno.test(`reproduce() ends soon with the signal's reason, in the phase "${phase}", and leaves no report`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "fusiform-" });
    try {
      const stop = new AbortController();
      let aborted = 0;
      const run = reproduce({
        networks: ["mini-untrained-s0", "mini-untrained-s1"],
        limit: 4,
        // Minutes of analysis.
        analysis: { permutations: 200_000 },
        device: "cpu",
        out: `${folder}/out/new`,
        cache: `${folder}/cache`,
        signal: stop.signal,
        onProgress(progress) {
          if (progress.phase !== phase || aborted > 0) return;
          aborted = performance.now();
          setTimeout(() => stop.abort(new Error("enough")), phase === "analyse" ? 300 : 0);
        },
      });
      await assert.rejects(run, /^Error: enough$/);
      assert.ok(performance.now() - aborted < SOON_MS);
      await assert.rejects(readdir(`${folder}/out/new`), /ENOENT/);
      // What was recorded is kept for the next run, and nothing says any more that it is in use.
      const kept = await readdir(`${folder}/cache/recordings`);
      assert.deepEqual(kept.filter((name) => name.endsWith(".use")), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
