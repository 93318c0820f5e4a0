import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { reproduce } from "../../src/reproduce/mod.ts";

Deno.test("what a run writes is part of its id: one without tables does not take the place of one with them", async () => {
  const out = await Deno.makeTempDir({ prefix: "fusiform-" });
  try {
    const request = {
      networks: ["mini-untrained-s0"],
      limit: 2,
      layers: "stages",
      fast: true,
      analysis: { placements: 2 },
      device: "cpu",
      out: join(out, "out"),
      cache: join(out, "cache"),
    } as const;
    const withTables = await reproduce({ ...request, units: "all" });
    const without = await reproduce(request);
    assert.notEqual(withTables.results.id, without.results.id);
    assert.ok((await stat(join(withTables.directory, "units"))).isDirectory());
    const again = await reproduce(request);
    assert.equal(again.directory, without.directory);
    assert.ok((await stat(join(withTables.directory, "units"))).isDirectory());
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
