import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parseModelsLock } from "../../src/lock/mod.ts";
import { untrainedResNet } from "../../src/networks/mod.ts";
import { MINI } from "../../src/suites/mod.ts";
import { hashTensors } from "../../src/weights/mod.ts";

const path = new URL("../../models.lock.json", import.meta.url);
const { models } = parseModelsLock(await readFile(path, "utf8"), path.pathname);
const own = MINI.networks.map((id) => models.find((model) => model.id === id)!);

Deno.test("every family of the mini suite, the untrained one too, has networks of six seeds", () => {
  assert.ok(own.every((entry) => entry !== undefined), "the lock has every network");
  const families = Map.groupBy(own, ({ family }) => family);
  assert.deepEqual([...families.keys()].sort(), [
    "mini-attributes",
    "mini-clip",
    "mini-lang",
    "mini-untrained",
    "mini-vision",
  ]);
  for (const [family, members] of families) {
    assert.deepEqual(members.map(({ seed }) => seed), [0, 1, 2, 3, 4, 5], family);
  }
  for (const { a, b } of MINI.pairs) assert.ok(families.has(a) && families.has(b), `${a} and ${b}`);
});

Deno.test("the untrained mini networks differ by seed and are those whose hashes are locked", async () => {
  const untrained = own.filter(({ supervision }) => supervision === "untrained");
  const hashes = await Promise.all(untrained.map(({ seed }) => hashTensors(untrainedResNet("mini", seed!))));
  assert.deepEqual(hashes, untrained.map(({ sha256 }) => sha256));
  assert.equal(new Set(hashes).size, 6);
});
