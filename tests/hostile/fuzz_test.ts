import assert from "node:assert/strict";
import process from "node:process";
import { fuzzInput, fuzzParser } from "../../tasks/fuzz/fuzz_parser.ts";
import { PARSERS } from "../../tasks/fuzz/parsers.ts";
import { inFolder } from "../in_folder.ts";

/** Inputs of a parser here; `deno task fuzz` reads as many as one likes. */
const COUNT = 60;

for (const parser of PARSERS) {
  Deno.test(`${parser.name} reads changed files, or refuses each in a sentence`, () =>
    inFolder(async (folder) => {
      const count = parser.name === "results" ? 5 : COUNT;
      const { read, refused, findings } = await fuzzParser(parser, { count, seed: 2, folder });
      assert.deepEqual(findings, []);
      assert.equal(read + refused, count);
    }));
}

Deno.test("every parser reads a file that its inputs are made of, so that they are not all refused at the door", () =>
  inFolder(async (folder) => {
    for (const parser of PARSERS) {
      const refused: string[] = [], seeds = await parser.seeds();
      for (const seed of seeds) {
        try {
          await parser.parse(seed, folder);
        } catch (error) {
          refused.push((error as Error).message);
        }
      }
      // Old checkpoints are none of a network that is known: their tensors are read before that is told.
      const read = refused.filter((message) => !/^Cannot (build|recognize) /.test(message)).length < seeds.length;
      assert.ok(read, `${parser.name}: ${refused.join("; ")}`);
    }
  }));

Deno.test("an input of fuzzing depends on its parser, the seed and its number alone", async () => {
  const [parser, other] = PARSERS;
  const seeds = await parser.seeds();
  const one = fuzzInput(parser, seeds, { seed: 3, input: 7 });
  assert.deepEqual(fuzzInput(parser, await parser.seeds(), { seed: 3, input: 7 }), one);
  assert.notDeepEqual(fuzzInput(parser, seeds, { seed: 4, input: 7 }), one);
  assert.notDeepEqual(fuzzInput({ ...parser, name: other.name }, seeds, { seed: 3, input: 7 }), one);
});

Deno.test("fuzzing finds raw errors of the language, several lines and what takes long", async () => {
  const tried = async (message: string, seconds = 0): Promise<string> => {
    const parse = (): Promise<never> => {
      const began = process.cpuUsage();
      // What is measured: asking for it takes time of the system's as well.
      const taken = (): number => {
        const { user, system } = process.cpuUsage(began);
        return (user + system) / 1e6;
      };
      while (seconds > 0 && taken() < seconds);
      return Promise.reject(new Error(message));
    };
    const options = { count: 1, seed: 0, folder: "", longestSeconds: 0.2 };
    const { findings } = await fuzzParser({ ...PARSERS[0], parse }, options);
    return findings[0]?.why ?? "";
  };
  const refused = 'Cannot read "fuzz": it is empty; expected a file';
  assert.match(await tried("Cannot read properties of undefined (reading 'x')"), /^Error: Cannot read properties/);
  assert.match(await tried("something"), /^Error: something/);
  assert.match(await tried("Cannot read it:\nno"), /several lines/);
  assert.equal(await tried(refused), "");
  assert.match(await tried(refused, 0.3), /^it took 0\.\d s$/);
});
