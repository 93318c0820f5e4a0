import assert from "node:assert/strict";
import { readModelsLock } from "../../src/store/mod.ts";
import { limitsOf, MINI, PAPER, type RanNetwork, type RunFacts, type Study } from "../../src/study/mod.ts";

const idsOf = ({ networks }: Study): string[] =>
  networks.map((network) => "lock" in network ? network.lock : network.id);

/** The study's networks, each in the family that the study or the lock puts it in. */
const ranOf = (study: Study): RanNetwork[] =>
  study.networks.flatMap((network) =>
    ran(idsOf({ ...study, networks: [network] }), network.family ? { family: network.family } : {})
  );

const { models } = await readModelsLock();

function ran(ids: readonly string[], change: Partial<RanNetwork> = {}): RanNetwork[] {
  return ids.map((id) => {
    const { family, architecture } = models.find((entry) => entry.id === id)!;
    return { id, family, architecture, local: false, trainingStated: true, ...change };
  });
}

const limits = (
  networks: readonly RanNetwork[],
  study = "own-networks",
  criterion = "dprime",
  families: Study["families"] = {},
  images: readonly number[] = [84, 84],
): string => limitsOf({ study, networks, criterion, images, families }).join("\n");

Deno.test("limitsOf() says of whole suites what is known of them", () => {
  const mini = limits(ranOf(MINI), "mini", "conjunction");
  assert.match(
    mini,
    /^The mini networks are small.*\nA program wrote the captions.*\nThe criterion conjunction.*\nConsistency over all.*\nSix trainings a family bound/,
  );
  assert.doesNotMatch(mini, /CLIP|2502\.16456|not stated/);
  const paper = limits(ranOf(PAPER), "paper", "conjunction", PAPER.families);
  assert.match(
    paper,
    /^CLIP RN50 is not .*\nThe test, threshold.*\nThe criterion conjunction.*\nConsistency over all.*\nThree trainings a family at most bound/,
  );
  assert.match(paper, /\nOne network alone stands for slip-simclr-vitb16, slip-clip-vitb16, slip-slip-vitb16, /);
  assert.match(paper, /\nWhat differs inside vision-rn50: Three recipes/);
  assert.match(paper, /\nWhat differs inside virtex-labels: .*without their order/);
  assert.doesNotMatch(paper, /mini|inside slip/);
});

Deno.test("limitsOf() leaves out what holds only of networks or criteria that did not run", () => {
  assert.equal(limits([]), "");
  assert.doesNotMatch(limits(ran(["mini-untrained-s0"])), /mini networks|caption|criterion conjunction/);
  const vision = limits(ran(["mini-vision-s0", "mini-vision-s1"]));
  assert.match(vision, /mini networks are small/);
  assert.match(vision, /^Two trainings a family bound/m);
  assert.doesNotMatch(vision, /caption/);
  const mixed = limits(ran(["mini-vision-s0", "mini-vision-s1", "mini-lang-s0"]));
  assert.match(mixed, /^Two trainings a family at most bound.*\nOne network alone stands for mini-lang, so that/m);
});

Deno.test("limitsOf() says nothing of a lock's network that a user's file stands in for", () => {
  const local = { local: true, trainingStated: false };
  const text = limits(ran(["mini-lang-s0", "clip-rn50-openai"], local));
  assert.doesNotMatch(text, /mini networks|caption|CLIP RN50/);
  assert.match(text, /^What mini-lang-s0, clip-rn50-openai learned from is not stated/m);
});

Deno.test("limitsOf() says what the calibration found not to hold, where it matters", () => {
  const two = ran(["mini-vision-s0", "mini-lang-s0"]);
  assert.match(limits(two), /^Consistency over all sampled units follows how many/m);
  assert.doesNotMatch(limits(two.slice(0, 1)), /Consistency/);
  assert.doesNotMatch(limits(two), /Welch/);
  assert.match(limits(two, "own", "dprime", {}, [20, 60, 60]), /^A condition here has few images.*Welch/m);
  assert.doesNotMatch(limits(two, "own", "dprime", {}, [20, 40, 40]), /Welch/);
  assert.doesNotMatch(limits(two, "own", "dprime", {}, [40, 200, 200]), /Welch/);
  const of = (intervals: RunFacts["intervals"]): string =>
    limitsOf({ study: "own", networks: two, criterion: "dprime", images: [84, 84], intervals }).join("\n");
  assert.doesNotMatch(of(null), /Intervals/);
  assert.match(of({ onSample: false }), /^Intervals of the entropy/m);
  assert.doesNotMatch(of({ onSample: false }), /very large layers/);
  assert.match(of({ onSample: true }), /^Intervals in very large layers/m);
});
