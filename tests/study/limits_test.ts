import assert from "node:assert/strict";
import { readModelsLock } from "../../src/store/mod.ts";
import { limitsOf, MINI, PAPER, type RanNetwork, type Study } from "../../src/study/mod.ts";

const idsOf = ({ networks }: Study): string[] =>
  networks.map((network) => "lock" in network ? network.lock : network.id);

const { models } = await readModelsLock();

function ran(ids: readonly string[], change: Partial<RanNetwork> = {}): RanNetwork[] {
  return ids.map((id) => {
    const { family, architecture } = models.find((entry) => entry.id === id)!;
    return { id, family, architecture, local: false, trainingStated: true, ...change };
  });
}

const limits = (networks: readonly RanNetwork[], study = "own-networks", criterion = "dprime"): string =>
  limitsOf({ study, networks, criterion }).join("\n");

Deno.test("limitsOf() says of whole suites what is known of them", () => {
  const mini = limits(ran(idsOf(MINI)), "mini", "conjunction");
  assert.match(
    mini,
    /^The mini networks are small.*\nA program wrote the captions.*\nThe criterion conjunction.*\nSix seeds a family bound/,
  );
  assert.doesNotMatch(mini, /CLIP|2502\.16456|not stated/);
  const paper = limits(ran(idsOf(PAPER)), "paper", "conjunction");
  assert.match(
    paper,
    /^CLIP RN50 is not .*\nThe test, threshold.*\nThe criterion conjunction.*\nA family here is one network/,
  );
  assert.doesNotMatch(paper, /mini|seeds/);
});

Deno.test("limitsOf() leaves out what holds only of networks or criteria that did not run", () => {
  assert.equal(limits([]), "");
  assert.doesNotMatch(limits(ran(["mini-untrained-s0"])), /mini networks|caption|criterion conjunction/);
  const vision = limits(ran(["mini-vision-s0", "mini-vision-s1"]));
  assert.match(vision, /mini networks are small/);
  assert.match(vision, /^Two seeds a family bound/m);
  assert.doesNotMatch(vision, /caption/);
  const mixed = limits(ran(["mini-vision-s0", "mini-vision-s1", "mini-lang-s0"]));
  assert.match(mixed, /^Two seeds a family at most bound.*\nOne network alone stands for mini-lang, so that/m);
});

Deno.test("limitsOf() says nothing of a lock's network that a user's file stands in for", () => {
  const local = { local: true, trainingStated: false };
  const text = limits(ran(["mini-lang-s0", "clip-rn50-openai"], local));
  assert.doesNotMatch(text, /mini networks|caption|CLIP RN50/);
  assert.match(text, /^What mini-lang-s0, clip-rn50-openai learned from is not stated/m);
});
