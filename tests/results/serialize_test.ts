import assert from "node:assert/strict";
import fc from "fast-check";
import {
  canonicalResults,
  checksumOf,
  parseResults,
  type Results,
  serialize,
  serializeResults,
  stripVolatile,
} from "../../src/results/mod.ts";
import { syntheticResults } from "./synthetic_results.ts";

const results = syntheticResults({ seeds: 1, layers: ["stem", "pool"] });

/** The same value with the keys of every object turned round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, child]) => [key, reversed(child)]));
}

Deno.test("serializeResults() gives the same bytes whatever order keys were assembled in", () => {
  assert.equal(serializeResults(reversed(results) as Results), serializeResults(results));
});

Deno.test("serializeResults() is undone by parseResults() up to nine significant digits", () => {
  const parsed = parseResults(serializeResults(results));
  assert.deepEqual(parsed, { ...canonicalResults(results), checksum: checksumOf(canonicalResults(results)) });
  assert.equal(serializeResults(parsed), serializeResults(results));
  const precise = structuredClone(results);
  precise.timing.wallSeconds = 0.1234567891234;
  assert.equal(canonicalResults(precise).timing.wallSeconds, 0.123456789);
});

Deno.test("serialize() gives what a reader of its text gets", () => {
  const { text, results: written } = serialize(results);
  assert.equal(text, serializeResults(results));
  assert.deepEqual(parseResults(text), written);
});

Deno.test("serializeResults() names the path of a number that JSON cannot hold", () => {
  fc.assert(fc.property(
    fc.constantFrom(NaN, Infinity, -Infinity),
    fc.nat({ max: results.networks.length - 2 }),
    (value, index) => {
      const broken = structuredClone(results);
      broken.networks[index].layers[1].categories.words.measures["strength.margin"].value = value;
      assert.throws(() => serializeResults(broken), {
        message:
          `Cannot write results: networks[${index}].layers[1].categories.words.measures.strength.margin.value is ${value}; ` +
          "expected a finite number, or null with a reason",
      });
    },
  ));
});

Deno.test("serializeResults() refuses what does not fit the schema", () => {
  const broken = { ...results, study: 7 } as unknown as Results;
  assert.throws(() => serializeResults(broken), /Cannot write results: study does not fit the schema/);
});

Deno.test("serializeResults() writes minus zero as zero", () => {
  const negative = structuredClone(results);
  negative.networks[0].layers[0].depth = -0;
  assert.ok(Object.is(canonicalResults(negative).networks[0].layers[0].depth, 0));
});

Deno.test("stripVolatile() leaves equal what only the clock and the machine tell apart", () => {
  const later = structuredClone(results);
  later.provenance.startedAt = "2027-01-01T00:00:00.000Z";
  later.timing.wallSeconds = 99;
  assert.deepEqual(stripVolatile(later), stripVolatile(results));
  later.stimuli.hash = "f".repeat(64);
  assert.notDeepEqual(stripVolatile(later), stripVolatile(results));
});

Deno.test("parseResults() says in a sentence what is wrong with a file", () => {
  assert.throws(() => parseResults("{", "a.json"), /^Error: Cannot read results from "a.json": it is not valid JSON;/);
  assert.throws(() => parseResults("{}", "a.json"), /found no schemaVersion; expected 1 or 2/);
  assert.throws(() => parseResults('{"schemaVersion": 3}', "a.json"), /found schemaVersion 3; expected 1 or 2/);
  assert.throws(() => parseResults("null"), /found no schemaVersion/);
  const broken = JSON.parse(serializeResults(results));
  broken.networks[0].layers[1].depth = 7;
  assert.throws(
    () => parseResults(JSON.stringify(broken)),
    /networks\[0\]\.layers\[1\]\.depth does not fit the schema/,
  );
});

Deno.test("parseResults() and serializeResults() refuse a measure that the results do not describe", () => {
  const refused = (change: (changed: Results) => void, problem: RegExp): void => {
    const changed = structuredClone(results);
    change(changed);
    assert.throws(() => serializeResults(changed), problem);
    assert.throws(() => parseResults(JSON.stringify(changed)), problem);
  };
  const nothing = { value: null, interval: null, reason: "made up" };
  refused(
    ({ networks }) => networks[0].layers[0].categories.faces.measures.none = nothing,
    /layers\[0\]\.categories\.faces/,
  );
  refused(
    ({ networks }) => networks[0].layers[0].categories.faces.curve[0].z.none = 1,
    /categories\.faces names the measure/,
  );
  refused(({ networks }) => networks[0].layers[0].criteria.tdann.faces.measures.none = nothing, /criteria\.tdann/);
  refused(({ networks }) => networks[0].measures.none = {}, /networks\[0\]\.measures names the measure "none"/);
  refused(({ comparisons }) => comparisons[3].measure = "none", /comparisons\[3\] names the measure "none"/);
  refused(({ claims }) => claims[1].rows[0].measure = "none", /the claim "more" names the measure "none"/);
  refused(({ measures }) => measures.push(measures[0]), /describes "proportion" a second time/);
});

Deno.test("parseResults() of mutated bytes gives results or an error of one line", () => {
  const bytes = new TextEncoder().encode(
    serializeResults(syntheticResults({ seeds: 1, layers: ["pool"], targets: ["faces"] })),
  );
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
      const mutated = bytes.slice();
      mutated[at] = byte;
      try {
        parseResults(new TextDecoder().decode(mutated));
      } catch (error) {
        assert.match((error as Error).message, /^Cannot read results from "results\.json": [^\n]+$/);
      }
    }),
    { numRuns: 60 },
  );
});
