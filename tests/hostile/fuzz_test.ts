import assert from "node:assert/strict";
import { parseResults } from "../../src/results/mod.ts";
import { defaultLayers } from "../../src/networks/mod.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { decodeImage } from "../../src/stimuli/mod.ts";
import { fuzzInput, fuzzParser } from "../../tasks/fuzz/fuzz_parser.ts";
import { PARSERS } from "../../tasks/fuzz/parsers.ts";
import { gif } from "./image_bombs.ts";
import { join, little } from "./bytes.ts";

/** Inputs of a parser here; `deno task fuzz` reads as many as one likes. */
const COUNT = 60;

for (const parser of PARSERS) {
  Deno.test(`${parser.name} reads changed files, or refuses each in a sentence`, async () => {
    const count = parser.name === "results" ? 5 : COUNT;
    const { read, refused, findings } = await fuzzParser(parser, { count, seed: 2 });
    assert.deepEqual(findings, []);
    assert.equal(read + refused, count);
  });
}

Deno.test("an input of fuzzing depends on its parser, the seed and its number alone", async () => {
  const [parser, other] = PARSERS;
  const seeds = await parser.seeds();
  const one = fuzzInput(parser, seeds, { seed: 3, input: 7 });
  assert.deepEqual(fuzzInput(parser, await parser.seeds(), { seed: 3, input: 7 }), one);
  assert.notDeepEqual(fuzzInput(parser, seeds, { seed: 4, input: 7 }), one);
  assert.notDeepEqual(fuzzInput({ ...parser, name: other.name }, seeds, { seed: 3, input: 7 }), one);
});

Deno.test("fuzzing finds raw errors of the language, several lines and what takes long", async () => {
  const tried = async (message: string): Promise<string> => {
    const parse = (): Promise<never> => Promise.reject(new Error(message));
    const { findings } = await fuzzParser({ ...PARSERS[0], parse }, { count: 1, seed: 0 });
    return findings[0]?.why ?? "";
  };
  assert.match(await tried("Cannot read properties of undefined (reading 'x')"), /^Error: Cannot read properties/);
  assert.match(await tried("something"), /^Error: something/);
  assert.match(await tried("Cannot read it:\nno"), /several lines/);
  assert.equal(await tried('Cannot read "fuzz": it is empty; expected a file'), "");
});

Deno.test("what fuzzing found is refused in words", async () => {
  // The package that decodes GIF never ended: codes of other sizes, and a first code that stands for nothing.
  const whole = gif(1, 1), size = whole.length - 5;
  await assert.rejects(decodeImage(whole.with(size, 32), "a.gif"), /codes of 32 bits/);
  await assert.rejects(decodeImage(whole.with(size + 2, 0x06), "a.gif"), /code 6 stands for nothing|damaged/);
  // The colour masks of a BMP lay past its end.
  const bmp = join("BM", little(0, 8), little(54, 4), little(40, 4), little(1, 4), little(1, 4), [
    1,
    0,
    32,
    0,
    3,
    0,
    0,
    0,
  ]);
  await assert.rejects(decodeImage(join(bmp, new Uint8Array(20)), "a.bmp"), /BMP with unusual colour masks/);
  // No value of an ONNX file depended on its image.
  const graph = new GraphBuilder("none");
  graph.input("image", "float32", ["batch", 3, 8, 8]);
  assert.throws(() => defaultLayers(graph.toBytes()), /^Error: Cannot /);
  assert.throws(() => parseResults("[".repeat(100_000)), /^Error: Cannot read results/);
});
