import assert from "node:assert/strict";
import { changeStudy, PAPER } from "../../src/study/mod.ts";

Deno.test("changeStudy() finds networks by the study's own ids and families, and keeps what the study says of them", () => {
  const family = changeStudy(PAPER, { networks: ["clip-rn50"] });
  assert.deepEqual(family.networks.map((network) => "lock" in network && network.lock), [
    "clip-rn50-openai",
    "clip-rn50-yfcc15m",
    "clip-rn50-cc12m",
  ]);
  assert.deepEqual([family.name, family.families], ["paper", PAPER.families]);
  const [one] = changeStudy(PAPER, { networks: [{ lock: "resnet50-a1" }] }).networks;
  assert.deepEqual(one, { lock: "resnet50-a1", family: "vision-rn50" });
});

Deno.test("changeStudy() with other networks is another study: it compares every pair, and no note of a family holds", () => {
  const { name, compare, families, networks } = changeStudy(PAPER, { networks: ["resnet50-a1", "dino-rn50"] });
  assert.deepEqual([name, compare, families], ["own-networks", undefined, undefined]);
  assert.deepEqual(networks[1], { lock: "dino-rn50" });
});
