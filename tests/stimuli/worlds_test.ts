import assert from "node:assert/strict";
import fc from "fast-check";
import { loadProcedural } from "../../src/stimuli/mod.ts";
import { BODIES } from "../../src/stimuli/_procedural/bodies.ts";
import * as bodies from "../../src/stimuli/_procedural/body_laws.ts";
import type { Surface } from "../../src/stimuli/_procedural/canvas.ts";
import { CAR_LAWS } from "../../src/stimuli/_procedural/car.ts";
import { CLOCK_LAWS } from "../../src/stimuli/_procedural/clock.ts";
import { HAIRS, OLD_HAIRS, SKINS } from "../../src/stimuli/_procedural/complexions.ts";
import { FACE_LAWS } from "../../src/stimuli/_procedural/faces.ts";
import { FIGURE_LAWS } from "../../src/stimuli/_procedural/figure.ts";
import { TYPEFACE_CREDITS, TYPEFACES } from "../../src/stimuli/_procedural/fonts.ts";
import { CHAIR_LAWS, LAMP_LAWS } from "../../src/stimuli/_procedural/furniture.ts";
import { GUITAR_LAWS } from "../../src/stimuli/_procedural/guitar.ts";
import { HAIR_LAWS } from "../../src/stimuli/_procedural/hair.ts";
import { HAND_LAWS } from "../../src/stimuli/_procedural/hand.ts";
import { drawHead, HEAD_LAWS, YAW_LAWS } from "../../src/stimuli/_procedural/head.ts";
import { PARTS_LAWS } from "../../src/stimuli/_procedural/head_parts.ts";
import { HOUSE_LAWS } from "../../src/stimuli/_procedural/house.ts";
import { CORRIDOR_LAWS, KITCHEN_LAWS } from "../../src/stimuli/_procedural/interiors.ts";
import { BEACH_LAWS, FOREST_LAWS } from "../../src/stimuli/_procedural/landscapes.ts";
import { MUG_LAWS } from "../../src/stimuli/_procedural/mug.ts";
import { Random } from "../../src/stimuli/_procedural/random.ts";
import { COLORS, type Draw, drawLight, type Facts, SCENE_LAWS } from "../../src/stimuli/_procedural/scene.ts";
import { SKY_LAWS } from "../../src/stimuli/_procedural/space.ts";
import { STAND_LAWS } from "../../src/stimuli/_procedural/stand.ts";
import { STREET_LAWS } from "../../src/stimuli/_procedural/street.ts";
import { WORD_KINDS, WORD_LAWS, WORDS } from "../../src/stimuli/_procedural/words.ts";
import {
  apart,
  type ByWorld,
  type Law,
  type Laws,
  sample,
  within,
  type World,
} from "../../src/stimuli/_procedural/world.ts";

const TABLES: Readonly<Record<string, Laws>> = {
  ...bodies,
  BEACH_LAWS,
  CAR_LAWS,
  CHAIR_LAWS,
  CLOCK_LAWS,
  CORRIDOR_LAWS,
  FACE_LAWS,
  FIGURE_LAWS,
  FOREST_LAWS,
  GUITAR_LAWS,
  HAIR_LAWS,
  HAND_LAWS,
  HEAD_LAWS,
  HOUSE_LAWS,
  KITCHEN_LAWS,
  LAMP_LAWS,
  MUG_LAWS,
  PARTS_LAWS,
  SCENE_LAWS,
  SKY_LAWS,
  STAND_LAWS,
  STREET_LAWS,
  WORD_LAWS,
  YAW_LAWS,
};

/** The intervals that a law draws from; of a bell, what lies within 1.1 spreads: 73 % of the draws. */
function intervals(law: Law): [number, number][] {
  if ("bell" in law) return [[-1.1 * law.bell, 1.1 * law.bell]];
  const [low, high = low, from, to] = law;
  return from === undefined || to === undefined ? [[low, high]] : [[low, high], [from, to]];
}

function chance(world: World, seed: number): { world: World; random: Random } {
  return { world, random: new Random([77, seed, 0]) };
}

/** Draws onto nothing and says what would be seen. */
function factsOf(draw: Draw, world: World, seed: number): Facts {
  const canvas: Surface = { cover: () => {}, fill: () => {} }, { random } = chance(world, seed);
  const { light } = drawLight({ world, random });
  return draw({ world, canvas, random, light });
}

const shared = <T>({ training, localizer }: ByWorld<readonly T[]>): T[] =>
  training.filter((one) => localizer.includes(one));

Deno.test("every length, angle and proportion of the localizer's pictures lies outside the training pictures' range", () => {
  let laws = 0;
  for (const [table, rows] of Object.entries(TABLES)) {
    for (const [name, { training, localizer }] of Object.entries(rows)) {
      laws++;
      for (const [low, high] of intervals(localizer)) {
        assert.ok(low <= high, `${table}.${name}`);
        for (const [from, to] of intervals(training)) {
          assert.ok(high < from || low > to, `${table}.${name}: ${low} to ${high} meets ${from} to ${to}`);
        }
      }
    }
  }
  assert.ok(laws > 150, `${laws} laws`);
});

Deno.test("drawHead() turns no head of the localizer as far as one of training, nor the other way round", () => {
  const turned = (yaw: number, world: World): boolean =>
    Object.values(YAW_LAWS).some((laws) => intervals(laws[world]).some(([low, high]) => yaw >= low && yaw <= high));
  for (let seed = 0; seed < 300; seed++) {
    for (const [own, other] of [["training", "localizer"], ["localizer", "training"]] as const) {
      const { yaw } = drawHead(chance(own, seed), 0.76, 46);
      assert.ok(turned(yaw, own) && !turned(yaw, other), `${own}: ${yaw}`);
    }
  }
});

Deno.test("no typeface, word, colour, skin or hair is in both worlds, and credits name each world's typefaces", () => {
  assert.deepEqual(shared<string>(TYPEFACES), []);
  assert.deepEqual(shared(WORDS), []);
  for (const named of [COLORS, SKINS, HAIRS, OLD_HAIRS]) {
    for (const { name, rgb } of named.localizer) {
      for (const other of named.training) {
        const far = Math.hypot(...rgb.map((level, i) => level - other.rgb[i]));
        assert.ok(far > 0.05, `${name} is ${far} from ${other.name}`);
      }
    }
  }
  assert.match(TYPEFACE_CREDITS.training, /^Caveat, .*Roboto \(OFL-1.1\)$/);
  assert.match(TYPEFACE_CREDITS.localizer, /^Anonymous Pro, .*Source Serif 4 \(OFL-1.1\)$/);
});

Deno.test("words are drawn from their world's list, and only the localizer's numbers are broken by a sign", async () => {
  await loadProcedural();
  for (const world of ["training", "localizer"] as const) {
    const said = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const { word } = factsOf(WORD_KINDS["serif-word"], world, seed);
      assert.ok(WORDS[world].includes(word as string), `${world}: ${word}`);
      said.add(word as string);
      const digits = factsOf(WORD_KINDS.number, world, seed).digit as readonly string[];
      assert.match(digits.join(""), world === "training" ? /^[1-9][0-9]{1,4}$/ : /^[1-9][0-9]*[.:-][0-9]+$/);
    }
    assert.ok(said.size > 20, `${world}: ${said.size} words`);
  }
});

Deno.test("hands of the localizer show other fingers than those of training", () => {
  const shown = (world: World): Set<unknown> =>
    new Set(Array.from({ length: 200 }, (_, seed) => factsOf(BODIES.hand, world, seed).fingers));
  const training = shown("training"), localizer = shown("localizer");
  assert.deepEqual([...training].sort(), ["five", "none", "one", "three", "two"]);
  assert.equal(localizer.size, 5);
  assert.ok([...localizer].every((fingers) => !training.has(fingers)));
});

Deno.test("sample() draws within the law of its world, and a fixed number uses up no randomness", () => {
  const laws: ByWorld<Law> = { training: [2, 3], localizer: apart(5, 6) };
  fc.assert(fc.property(fc.nat(1e9), (seed) => {
    const number = sample(chance("training", seed), laws), other = sample(chance("localizer", seed), laws);
    assert.ok(number >= 2 && number < 3);
    assert.ok(Math.abs(other) >= 5 && Math.abs(other) <= 6);
  }));
  const a = chance("training", 1), b = chance("training", 1);
  assert.equal(sample(a, { training: [7], localizer: [8] }), 7);
  assert.equal(a.random.word(), b.random.word());
  const bell = sample(chance("training", 1), { training: { bell: 2 }, localizer: [0] });
  assert.equal(bell, chance("training", 1).random.bell(2));
});

Deno.test("within() goes through both intervals of a law in proportion to their lengths, and refuses a bell", () => {
  const laws: ByWorld<Law> = { training: [10, 20], localizer: [0, 1, 5, 8] };
  assert.deepEqual([0, 0.5, 1].map((share) => within(laws, "training", share)), [10, 15, 20]);
  assert.deepEqual([0, 0.125, 0.25, 0.5, 1].map((share) => within(laws, "localizer", share)), [0, 0.5, 5, 6, 8]);
  assert.throws(() => within({ training: { bell: 2 }, localizer: [1] }, "training", 0.5), {
    message: "Cannot place 0.5 in a bell of spread 2: it has no ends",
  });
});
