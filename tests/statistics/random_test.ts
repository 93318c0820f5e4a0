import assert from "node:assert/strict";
import { drawHypergeometric, hashName, logFactorials, Random } from "../../src/statistics/mod.ts";
import { spreadOf } from "./golden.ts";

function drawn(random: Random, count: number, draw: (random: Random) => number): number[] {
  return Array.from({ length: count }, () => draw(random));
}

Deno.test("Random gives the same numbers for the same seed and name, on every machine", () => {
  const integers = (seed: number, name: string): number[] =>
    drawn(new Random(seed, name), 8, (random) => random.integer(1000));
  assert.deepEqual(integers(1, "bootstrap"), integers(1, "bootstrap"));
  assert.notDeepEqual(integers(1, "bootstrap"), integers(2, "bootstrap"));
  assert.notDeepEqual(integers(1, "bootstrap"), integers(1, "permutation"));
  assert.deepEqual(integers(7, "pinned"), [542, 164, 687, 579, 879, 209, 874, 855]);
});

Deno.test("Random's uniform() is even over (0, 1) and never an end point", () => {
  const values = drawn(new Random(3, "uniform"), 8000, (random) => random.uniform());
  assert.ok(values.every((value) => value > 0 && value < 1));
  const { mean, deviation } = spreadOf(values);
  assert.ok(Math.abs(mean - 0.5) < 0.015);
  assert.ok(Math.abs(deviation - Math.sqrt(1 / 12)) < 0.01);
});

Deno.test("Random's integer() reaches every value below its count and none other", () => {
  const counts = new Array(6).fill(0);
  for (const value of drawn(new Random(4, "integer"), 6000, (random) => random.integer(6))) counts[value]++;
  assert.equal(counts.length, 6);
  assert.ok(counts.every((count) => Math.abs(count - 1000) < 150), counts.join(" "));
});

Deno.test("Random's normal() has mean 0, deviation 1 and normal tails", () => {
  const values = drawn(new Random(5, "normal"), 8000, (random) => random.normal());
  const { mean, deviation } = spreadOf(values);
  assert.ok(Math.abs(mean) < 0.05 && Math.abs(deviation - 1) < 0.04);
  const beyond = values.filter((value) => Math.abs(value) > 1.96).length / values.length;
  assert.ok(Math.abs(beyond - 0.05) < 0.012);
});

Deno.test("Random's shuffle() keeps the values and leaves what is outside its range", () => {
  const values = Array.from({ length: 20 }, (_, i) => i);
  new Random(8, "shuffle").shuffle(values, 5, 15);
  assert.deepEqual(values.slice(0, 5), [0, 1, 2, 3, 4]);
  assert.deepEqual(values.slice(15), [15, 16, 17, 18, 19]);
  assert.notDeepEqual(values, values.toSorted((a, b) => a - b));
  assert.deepEqual(values.toSorted((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i));
});

Deno.test("Random's shuffle() puts every value everywhere equally often", () => {
  const random = new Random(9, "shuffle");
  const counts = new Array(9).fill(0);
  for (let run = 0; run < 3000; run++) {
    const values = [0, 1, 2];
    random.shuffle(values, 0, 3);
    values.forEach((value, place) => counts[3 * place + value]++);
  }
  assert.ok(counts.every((count) => Math.abs(count - 1000) < 120), counts.join(" "));
});

Deno.test("hashName() is FNV-1a, over UTF-8", () => {
  const known = { "": 0x811c9dc5, a: 0xe40c292c, foobar: 0xbf9cf968 };
  for (const [name, hash] of Object.entries(known)) assert.equal(hashName(name) >>> 0, hash, name);
  assert.equal(hashName("é"), hashName("\u00e9"));
  assert.notEqual(hashName("é"), hashName("e"));
  assert.notEqual(hashName("a", 1), hashName("a"));
});

/** Exact probabilities of a hypergeometric distribution, with whole numbers. */
function hypergeometric(total: number, marked: number, drawn: number): number[] {
  const choose = (n: number, k: number): bigint => {
    if (k < 0 || k > n) return 0n;
    let product = 1n;
    for (let i = 1; i <= k; i++) product = product * BigInt(n - k + i) / BigInt(i);
    return product;
  };
  const scale = 10n ** 15n;
  return Array.from(
    { length: drawn + 1 },
    (_, k) => Number(choose(marked, k) * choose(total - marked, drawn - k) * scale / choose(total, drawn)) / 1e15,
  );
}

Deno.test("drawHypergeometric() gives every count as often as the exact probabilities say", () => {
  const draws = 20_000;
  for (
    const [total, marked, drawn] of [[10, 4, 3], [10, 7, 8], [200, 20, 60], [200, 150, 190], [3000, 49, 1500], [
      6,
      6,
      2,
    ]]
  ) {
    const exact = hypergeometric(total, marked, drawn);
    const table = logFactorials(total);
    const random = new Random(6, `hypergeometric ${total} ${marked} ${drawn}`);
    const counts = new Array<number>(drawn + 1).fill(0);
    for (let i = 0; i < draws; i++) counts[drawHypergeometric(random, { total, marked, drawn }, table)]++;
    // Pearson's chi-squared over the counts that are to be expected five times at least.
    const common = exact.flatMap((p, k) => p * draws >= 5 ? [k] : []);
    assert.equal(counts.filter((count, k) => count > 0 && exact[k] === 0).length, 0);
    const chi = common.reduce((sum, k) => sum + (counts[k] - draws * exact[k]) ** 2 / (draws * exact[k]), 0);
    const df = Math.max(1, common.length - 1);
    assert.ok(chi < df + 5 * Math.sqrt(2 * df), `${total} ${marked} ${drawn}: chi² ${chi} over ${df}`);
  }
});
