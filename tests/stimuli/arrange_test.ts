import assert from "node:assert/strict";
import {
  arrange,
  arrangeSet,
  type ConditionsFile,
  type ConditionsRequest,
  describePools,
  describeRoles,
  proceduralSet,
} from "../../src/stimuli/mod.ts";

const folders = (...names: string[]) => names.map((folder) => ({ folder, subfolder: null }));

function roles(names: readonly string[], request: ConditionsRequest = {}, file: ConditionsFile | null = null) {
  const { roles, problems } = arrange(folders(...names), request, file);
  assert.deepEqual(problems, []);
  return roles;
}

function problemsOf(names: readonly string[], request: ConditionsRequest): string {
  return arrange(folders(...names), request).problems.join(" | ");
}

Deno.test("arrange() makes faces, bodies, places and words targets where nothing is said, and the rest controls", () => {
  const found = roles(["adult", "limb", "cars", "word", "scrambled", "zebra"]);
  assert.deepEqual(found.targets, ["faces", "bodies", "words"]);
  assert.deepEqual(found.controls, ["scrambled", "cars", "zebra"]);
  assert.deepEqual([found.leftOut, found.from], [[], { targets: "rule", controls: "rule" }]);
  assert.equal(
    describeRoles(found),
    "Targets: faces, bodies, words (named as fLoc’s conditions). Controls: scrambled, cars, zebra. " +
      "Say --targets and --controls to choose others.",
  );
});

Deno.test("arrange() makes every folder a target where none has a known name, but for scrambled and control ones", () => {
  const names = ["cats", "dogs", "scrambled-cats", "Phase_Scrambled dogs", "control", "unscrambled", "controllers"];
  const found = roles(names);
  assert.deepEqual(found.targets, ["cats", "controllers", "dogs", "unscrambled"]);
  assert.deepEqual(found.controls, ["scrambled-cats", "Phase_Scrambled dogs", "control"]);
  assert.match(describeRoles(roles(["cats", "dogs"])), /Controls: only the other targets\. Say --targets/);
  assert.match(problemsOf(["scrambled a", "control"], {}), /^none of "scrambled a", "control" is a target; name one/);
});

Deno.test("arrange() takes three targets of twelve conditions, and leaves out what is neither", () => {
  const twelve = Array.from({ length: 12 }, (_, i) => `c${i + 10}`);
  const targets = ["c12", "c10", "c21"];
  const alone = roles(twelve, { targets });
  assert.deepEqual(alone.targets, ["c10", "c12", "c21"]);
  assert.equal(alone.controls.length, 9);
  assert.deepEqual(alone.from, { targets: "request", controls: "rule" });
  const both = arrange(folders(...twelve), { targets, controls: ["c11"] });
  assert.deepEqual(both.conditions, ["c10", "c11", "c12", "c21"]);
  assert.equal(both.roles.leftOut.length, 8);
  assert.equal(
    describeRoles(both.roles),
    "Targets: c10, c12, c21. Controls: c11. Left out, as neither: c13, c14, c15, c16, c17, c18, c19, c20.",
  );
});

Deno.test("arrange() makes the rest targets where controls alone are said, and a condition that is both a target", () => {
  const found = roles(["cats", "dogs", "plants", "scrambled"], { controls: ["plants"] });
  assert.deepEqual([found.targets, found.controls, found.leftOut], [["cats", "dogs"], ["plants"], ["scrambled"]]);
  const both = roles(["cats", "dogs"], { targets: ["cats"], controls: ["cats", "dogs"] });
  assert.deepEqual([both.targets, both.controls], [["cats"], ["dogs"]]);
});

Deno.test("arrange() puts the request before conditions.json, list by list, and says who chose", () => {
  const file = { conditions: { pets: ["cats", "dogs"] }, targets: ["pets"], controls: ["cars"] };
  const names = ["cats", "dogs", "cars", "trees"];
  const said = roles(names, {}, file);
  assert.deepEqual([said.targets, said.controls, said.leftOut], [["pets"], ["cars"], ["trees"]]);
  assert.match(
    describeRoles(said),
    /^Targets: pets \(from conditions\.json\)\. Controls: cars \(from conditions\.json\)\./,
  );
  const beaten = roles(names, { targets: ["trees"] }, file);
  assert.deepEqual([beaten.targets, beaten.controls, beaten.leftOut], [["trees"], ["cars"], ["pets"]]);
  assert.deepEqual(beaten.from, { targets: "request", controls: "conditions.json" });
  const pooled = roles(names, { pools: { green: ["trees"] }, targets: ["green"], controls: ["dogs"] }, file);
  assert.deepEqual([pooled.targets, pooled.controls], [["green"], ["dogs"]]);
  assert.match(
    arrange(folders(...names), {}, { targets: ["birds"] }).problems.join(),
    /^"birds" among the targets of conditions\.json is no condition; there are "cars", "cats", "dogs", "trees"$/,
  );
});

Deno.test("arrange() makes the members of a pool its categories, and leaves other folders as they are", () => {
  const images = [
    { folder: "adult", subfolder: "men" },
    { folder: "adult", subfolder: null },
    { folder: "child", subfolder: null },
    { folder: "body", subfolder: "arms" },
  ];
  const found = arrange(images, { pools: { faces: ["adult", "child"] } });
  assert.deepEqual(found.conditions, ["faces", "body"]);
  assert.deepEqual(images.map((image) => found.place(image)), [
    { condition: "faces", category: "adult/men" },
    { condition: "faces", category: "adult" },
    { condition: "faces", category: "child" },
    { condition: "body", category: "arms" },
  ]);
  assert.equal(describePools(found), "Pooled: faces = adult + child.");
  assert.equal(describePools(arrange(images)), "Pooled: faces = adult + child, bodies = body.");
  assert.equal(describePools(arrange(folders("a", "b"))), null);
});

Deno.test("arrange() names everything that is wrong with pools, targets and controls", () => {
  const names = ["cats", "dogs", "mice"];
  assert.equal(
    problemsOf(names, { targets: ["cat", "dogs"], controls: ["mouse", "rat"] }),
    '"cat" among the targets is no condition; there are "cats", "dogs", "mice" | ' +
      '"mouse", "rat" among the controls are no conditions; there are "cats", "dogs", "mice"',
  );
  assert.equal(
    problemsOf(names, { pools: { a: [], b: ["dgos", "cats"], c: ["cats"], mice: ["dogs"] } }),
    'the pool "a" has no folder | "dgos" in a pool is no folder with images; there are "cats", "dogs", "mice" | ' +
      '"cats" is pooled twice; expected each folder in one pool | ' +
      'the pool "mice" has the name of a folder that is not in it',
  );
  assert.match(problemsOf(names, { targets: [] }), /^the list of targets is empty; expected some of "cats"/);
  assert.match(problemsOf(["cats", "all"], {}), /^"all" cannot be the name of a condition/);
  assert.match(problemsOf(["cats"], {}), /^"cats" is the only condition; expected at least two/);
  assert.match(
    problemsOf(names, { pools: { one: ["cats", "dogs"] }, targets: ["one"], controls: [] }),
    /^the list of controls is empty; expected some of "mice", "one"/,
  );
});

Deno.test("arrange() takes a scrambled condition that is made as a control, where what it is made from is used", () => {
  const names = ["faces", "places", "cars"];
  const found = roles(names, { targets: ["faces"], controls: ["places", "scrambled places"] });
  assert.deepEqual(found.controls, ["places", "scrambled places"]);
  assert.equal(
    problemsOf(names, { targets: ["faces"], controls: ["cars", "scrambled places"] }),
    '"scrambled places" is made from "places", which is neither a target nor a control',
  );
  assert.match(problemsOf(names, { targets: ["scrambled places"] }), /"scrambled places" among the targets is no/);
});

Deno.test("arrange() takes names in whatever way their accents are encoded", () => {
  const composed = "h\u00e4user", decomposed = "ha\u0308user";
  const found = arrange([{ folder: composed, subfolder: null }, ...folders("b")], {
    pools: { x: [decomposed] },
    targets: ["x"],
  });
  assert.deepEqual([found.problems, found.roles.targets], [[], ["x"]]);
});

Deno.test("arrangeSet() pools and leaves out conditions of a set, with what was made of them, under another hash", async () => {
  const set = await proceduralSet({ limit: 1 });
  const images = set.stimuli.flatMap(({ condition, category, source }) =>
    source === undefined ? [{ folder: condition, subfolder: category }] : []
  );
  const placeOf = ({ condition, category }: { condition: string; category: string }) => ({
    folder: condition,
    subfolder: category,
  });
  const few = arrangeSet(set, arrange(images, { targets: ["faces"], controls: ["places"] }), placeOf);
  assert.deepEqual(few.conditions, ["faces", "places", "scrambled places"]);
  assert.equal(few.stimuli.length, 18);
  assert.notEqual(few.hash, set.hash);
  assert.deepEqual(few.roles?.leftOut, ["bodies", "words", "objects"]);
  const pooled = arrangeSet(set, arrange(images, { pools: { alive: ["faces", "bodies"] } }), placeOf);
  assert.equal(pooled.hash, set.hash);
  assert.equal(pooled.stimuli.filter(({ condition }) => condition === "alive").length, 12);
  assert.ok(pooled.stimuli.some(({ category }) => category.startsWith("bodies/")));
  const same = arrangeSet(set, arrange(images), placeOf);
  assert.deepEqual([same.conditions, same.hash, same.stimuli.length], [set.conditions, set.hash, set.stimuli.length]);
  assert.deepEqual(
    same.stimuli.map(({ id, category }) => `${id} ${category}`),
    set.stimuli.map(({ id, category }) => `${id} ${category}`),
  );
});
