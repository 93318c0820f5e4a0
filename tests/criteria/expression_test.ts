import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestError } from "../../src/errors.ts";
import { CRITERIA, expressionCriterion, parseCriterion } from "../../src/criteria/mod.ts";
import { golden, goldenMoments } from "../statistics/golden.ts";

const conditions = golden.conditions;
const moments = goldenMoments();
const units = moments[0].mean.length;

function select(expression: string, target = 0): Uint8Array {
  return parseCriterion(expression, conditions).select({ conditions, targets: [0, 1, 2, 3], target, moments });
}

/** The problem and the text under the caret. */
function complaint(expression: string): [string, string] {
  try {
    parseCriterion(expression, conditions);
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error));
    const [problem, line, caret] = error.message.split("\n");
    return [problem, line.slice(caret.indexOf("^"))];
  }
  throw new Error(`${expression} was accepted`);
}

Deno.test("an expression may name every quantity of a condition, the rest and the target", () => {
  const c = parseCriterion("t.bodies > 1", conditions);
  assert.deepEqual([c.name, c.status, c.doi, c.population], ["t.bodies > 1", "user", null, "units"]);
  const alive = moments[0].mean.map((_, i) => moments.some(({ m2 }) => m2[i] > 0) ? 1 : 0);
  const quantities = [
    ...["t", "p", "q", "q_by", "q_bonferroni", "t_pooled", "p_pooled", "q_pooled", "q_by_pooled"],
    ...["q_bonferroni_pooled", "d", "mean", "var", "n"],
  ];
  for (const quantity of quantities) {
    for (const member of ["faces", "scrambled_places", "rest", "target"]) {
      const name = `${quantity}.${member}`;
      // Each number is one or the other, so together they hold for all units that vary at all.
      assert.deepEqual([...select(`${name} > 0.3 or ${name} <= 0.3`)], [...alive], name);
    }
  }
  assert.deepEqual(select("n.bodies == 11 and n.target == 14 and n.rest == 46"), Uint8Array.from(alive));
});

Deno.test("a condition's name may stand in brackets or with underscores", () => {
  const a = select('d["scrambled places"] > 0.5');
  assert.deepEqual(select("d.scrambled_places > 0.5"), a);
  assert.deepEqual(select("d['scrambled places'] > 0.5 # a comment"), a);
  assert.ok(a.some((value) => value === 1) && a.some((value) => value === 0));
});

Deno.test("a quantity alone inside min and max stands for each other condition", () => {
  const named = "t.bodies, t.places, t.words, t.scrambled_places";
  assert.deepEqual(select("min(t) > 1"), select(`min(${named}) > 1`));
  assert.deepEqual(
    select("max(p) < 0.05"),
    parseCriterion("lu-wang", []).select({
      conditions,
      targets: [0],
      target: 0,
      moments,
    }),
  );
  assert.deepEqual(
    select("max(q) <= 0.05"),
    parseCriterion("conjunction", []).select({
      conditions,
      targets: [0],
      target: 0,
      moments,
    }),
  );
  assert.deepEqual(
    select("max(mean.bodies, 2 * mean.places) < mean.faces"),
    select("mean.bodies < mean.faces and mean.places * 2 < mean.faces"),
  );
});

Deno.test("a contrast of the target with itself exceeds nothing", () => {
  assert.deepEqual(
    [...select("t.faces != 0 or d.faces != 0 or p.faces != 1 or q.target != 1")],
    new Array(units).fill(0),
  );
});

Deno.test("arithmetic and logic follow mathjs's precedence", () => {
  const all = select("n.faces > 0");
  for (
    const truth of [
      "1 + 2 * 3 == 7 and n.faces > 0",
      "-2 ^ 2 == -4 and n.faces > 0",
      "2 ^ 3 ^ 2 == 512 and n.faces > 0",
      "1 < 2 <= 2 < 3 and n.faces > 0",
      "not (1 > 2) and n.faces > 0",
      "1 > 2 or 2 > 1 and n.faces > 0",
      "abs(-3) == sqrt(9) and exp(log(1)) == 1 and min(4, 2, 3) == 2 and max(-1, +1) == 1",
      "8 / 4 / 2 == 1 and 8 - 4 - 2 == 2",
    ]
  ) assert.deepEqual(select(truth), all, truth);
});

Deno.test("a comparison with an undefined number does not hold", () => {
  assert.deepEqual([...select("log(-1) > 0 or sqrt(-1) <= 0 or 0 / 0 == 0")], new Array(units).fill(0));
});

Deno.test("a mistake in an expression is shown in its place", () => {
  const cases: [string, RegExp, string][] = [
    [
      "d.rest > foo",
      /unknown name "foo"; expected one of t, p, q, q_by, q_bonferroni, t_pooled, .*, d, mean, var, n/,
      "foo",
    ],
    [
      "mean.faces > 1 and d.cars > 2",
      /unknown condition "cars"; expected one of faces, .*scrambled_places, rest, target/,
      "cars > 2",
    ],
    ["min(d.rest, sin(2)) > 1", /unknown function "sin"; expected one of min, max, abs, sqrt, log, exp/, "sin(2)) > 1"],
    ["d.rest >", /unexpected end/, ""],
    ["(d.rest > 1", /parenthesis \) expected/, ""],
    ["d.rest + 1", /gives a number; expected a comparison/, "d.rest + 1"],
    ["d > 1", /found a value for each other condition; expected a number, such as d.faces or min\(d\)/, "d > 1"],
    ["d.rest > 1 and d.faces", /found a number; expected a condition/, "d.faces"],
    ["1 + (d.rest > 1) > 1", /found a condition; expected a number/, "d.rest > 1) > 1"],
    ["d.rest % 2 > 1", /unknown operator "%"/, "% 2 > 1"],
    ["d.rest! > 1", /unknown operator "!"/, "! > 1"],
    ["2 d.rest > 1", /an operator is missing/, "d.rest > 1"],
    ["abs(1, 2) > 1", /abs takes one number, not 2/, "abs(1, 2) > 1"],
    ["min() > 1", /min takes one number or more/, "min() > 1"],
    ["d.rest > 1e999", /Infinity is not a finite number/, "1e999"],
    ["a = 1", /an assignment \(== compares\) has no place/, "= 1"],
    ['mean["a=b"] = 1', /an assignment \(== compares\) has no place/, "= 1"],
    ["f(x) = 1", /a function definition has no place/, "= 1"],
    ["x; y", /a second statement has no place/, "; y"],
    ["d.rest > 1 # ; ?\nd.rest > 2", /a second statement has no place/, " d.rest > 2"],
    ["x ? 1 : 0", /a choice \(\? :\) has no place/, "? 1 : 0"],
    ["d.rest > 1 and (d.faces > 1 ? 1 : 0)", /a choice \(\? :\) has no place/, "? 1 : 0)"],
    ["1:3 > 2", /a range has no place/, ":3 > 2"],
    ["# only a comment", /it is empty; expected a comparison/, "# only a comment"],
    ["d?.faces > 1", /"\?\." has no place in a criterion; expected d.faces/, "?.faces > 1"],
    ['d?.["faces"] > 1', /"\?\." has no place in a criterion; expected d.faces/, '?.["faces"] > 1'],
    ["d[1] > 1", /expected the name of a condition after d, as in d.faces/, "1] > 1"],
  ];
  for (const [expression, problem, place] of cases) {
    const [found, at] = complaint(expression);
    assert.match(found, problem);
    assert.match(found, /^Cannot read the criterion at character \d+: /);
    assert.equal(at, place, expression);
  }
});

Deno.test("conditions that are written alike are distinguished in brackets and refused after a dot", () => {
  const names = ["a b", "a_b", "c"];
  const choose = (expression: string): Uint8Array =>
    parseCriterion(expression, names).select({
      conditions: names,
      targets: [0],
      target: 2,
      moments: moments.slice(0, 3),
    });
  assert.deepEqual(choose('mean["a b"] > 1.5'), choose("mean['a b'] > 1.5"));
  assert.notDeepEqual(choose('mean["a b"] > 1.5'), choose('mean["a_b"] > 1.5'));
  for (const expression of ["mean.a_b > 1", 'mean["a-b"] > 1']) {
    assert.throws(
      () => parseCriterion(expression, names),
      /at character 6: "a.b" may be "a b" and "a_b"; expected the name in brackets/,
    );
  }
});

Deno.test("an expression's tests and corrections select the units that SciPy selects", () => {
  assert.equal(Object.keys(golden.expressions).length, 12);
  for (const [expression, expected] of Object.entries(golden.expressions)) {
    expected.forEach((list, target) => {
      const found = [...select(expression, target)].flatMap((value, i) => value ? [i] : []);
      assert.deepEqual(found, list, `${expression}, ${conditions[target]}`);
    });
    assert.ok(expected.some((list) => list.length > 0), expression);
  }
});

Deno.test("nothing but the listed names and functions is reachable", () => {
  for (
    const hostile of [
      'import("fs") > 1',
      'eval("1") > 1',
      "f(x) = x",
      "mean = 3",
      "mean.faces = 3",
      "d.faces; 1 > 0",
      "[1, 2] > 1",
      "1:3 > 2",
      "{a: 1} > 2",
      '"a" > "b"',
      "d.faces > 1 ? 1 : 0",
      "d.constructor > 1",
      'd["__proto__"] > 1',
      "constructor > 1",
      "toString() > 1",
      "d.faces.length > 1",
      "min.constructor(1) > 1",
      "random() > 0.5",
      "pi > 3",
      "d.faces' > 1",
      "2 cm > 1 mm",
      "null > 1",
      "true and true",
    ]
  ) assert.throws(() => parseCriterion(hostile, conditions), RequestError, hostile);
});

Deno.test("an expression of any text is either compiled or refused with a RequestError", () => {
  const words = fc.constantFrom(
    "t",
    "d",
    ".",
    "faces",
    "rest",
    "[",
    "]",
    "(",
    ")",
    ">",
    "<",
    "and",
    "not",
    "min",
    ",",
    "1",
    "+",
    "-",
    '"',
    "'",
    " ",
    "#",
    "^",
    ":",
    "=",
    ";",
    "?",
    "é",
    "\n",
    "{",
    "}",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }).map((list) => list.join("")), (text) => {
      try {
        expressionCriterion(text, conditions).select({ conditions, targets: [0], target: 0, moments });
      } catch (error) {
        assert.ok(error instanceof RequestError, `${JSON.stringify(text)}: ${error}`);
      }
    }),
    { numRuns: 500, seed: 8 },
  );
});

Deno.test("long and deeply nested expressions are refused, not overflowed", () => {
  assert.match(complaint("1 + ".repeat(600) + "1 > 1")[0], /2405 characters; expected 2000 at most/);
  const nested = "(".repeat(950) + "1" + ")".repeat(950) + " > 1";
  try {
    parseCriterion(nested, conditions);
  } catch (error) {
    assert.ok(error instanceof RequestError);
    assert.ok(error.message.length < 400);
  }
});

Deno.test("an unknown criterion is answered with those there are", () => {
  for (const name of ["conjuncton", "tdann-7", "", "   ", "Ratio"]) {
    assert.throws(() => parseCriterion(name, conditions), (error: Error) => {
      assert.ok(error instanceof RequestError);
      assert.ok(
        error.message.startsWith(
          `Unknown criterion: "${name.trim()}". Should be one of: conjunction-max, conjunction, `,
        ),
      );
      return /ranksum; or an expression such as/.test(error.message);
    });
  }
  assert.equal(parseCriterion(" prince ", []), CRITERIA.find(({ name }) => name === "prince"));
});

Deno.test("an expression finds its conditions by name where their order has changed", () => {
  const order = [4, 2, 0, 1, 3];
  const criterion = parseCriterion("d.bodies > 0.4 and mean.words < 2", conditions);
  const input = { targets: [0], moments: order.map((c) => moments[c]), conditions: order.map((c) => conditions[c]) };
  assert.deepEqual(criterion.select({ ...input, target: 2 }), select("d.bodies > 0.4 and mean.words < 2", 0));
  assert.throws(
    () => criterion.select({ conditions: ["faces"], targets: [0], target: 0, moments: [moments[0]] }),
    /unknown condition "bodies"/,
  );
});
