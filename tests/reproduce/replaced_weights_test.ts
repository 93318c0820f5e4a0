import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashBytes } from "../../src/lock/mod.ts";
import { reproduce } from "../../src/reproduce/mod.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

Deno.test("a file given by --weights is published as the user's own, and as nothing of the network that it replaces", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-home-"));
  try {
    const path = join(folder, "mine.safetensors");
    const bytes = await readFile(new URL("mini-vision-s1.safetensors", FIXTURES));
    await writeFile(path, bytes);
    const { results, directory } = await reproduce({
      networks: ["mini-lang-s0", "mini-lang-s1", "mini-lang-s2"],
      weights: new Map([["mini-lang-s0", path]]),
      allowUnpinned: true,
      limit: 2,
      fast: true,
      analysis: { placements: 2 },
      layers: "stages",
      keep: false,
      device: "cpu",
      out: join(folder, "out"),
    });
    const [replaced, ...pinned] = results.networks;
    const { weights } = replaced;
    assert.deepEqual(weights, {
      sha256: await hashBytes(bytes),
      status: "local",
      source: 'file "mine.safetensors" of the user',
      bytes: bytes.length,
      licence: null,
      trainingData: "not stated",
      language: null,
      preprocessing: pinned[0].weights.preprocessing,
      accuracy: null,
      doi: null,
      bibtex: null,
    });
    assert.deepEqual(
      [replaced.id, replaced.family, replaced.title, replaced.supervision, replaced.seed, replaced.status],
      ["mini-lang-s0", "mini-lang-s0", "mine.safetensors, in place of mini-lang-s0", "unstated", null, "run"],
    );
    // The other seeds are still what the lock says, and they are a family without it.
    assert.deepEqual(pinned.map(({ family, weights }) => [family, weights.status]), [
      ["mini-lang", "official"],
      ["mini-lang", "official"],
    ]);
    assert.ok(results.limits.some((limit) => /^What mini-lang-s0 learned from is not stated/.test(limit)));
    assert.ok(results.limits.some((limit) => /^Two trainings a family at most/.test(limit)));
    for (const file of ["results.json", "index.html"]) {
      assert.ok(!(await readFile(join(directory, file), "utf8")).includes(folder), file);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

Deno.test("a file given by --weights that is the pinned one, by its whole hash, is the pinned network", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-home-"));
  try {
    const path = join(folder, "copy.safetensors");
    await writeFile(path, await readFile(new URL("mini-lang-s0.safetensors", FIXTURES)));
    const { results } = await reproduce({
      networks: ["mini-lang-s0"],
      weights: new Map([["mini-lang-s0", path]]),
      limit: 2,
      fast: true,
      analysis: { placements: 2 },
      layers: "stages",
      keep: false,
      device: "cpu",
      out: join(folder, "out"),
    });
    const [{ weights, family, supervision }] = results.networks;
    assert.deepEqual([weights.status, family, supervision], ["official", "mini-lang", "language"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
