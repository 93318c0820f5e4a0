import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "../in_folder.ts";
import { network, RECIPE as OBJECT, SIDE, writeImages, writeNetworks } from "../planted_onnx.ts";
import { type Outcome, runCommand } from "./run_command.ts";

const RECIPE = JSON.stringify(OBJECT);

const reproduce = (...args: string[]): Promise<Outcome> => runCommand("reproduce.ts", args);

interface Written {
  readonly study: string;
  readonly networks: readonly { readonly id: string; readonly family: string; readonly seed: number | null }[];
  readonly comparisons: readonly {
    readonly a: string;
    readonly b: string;
    readonly measure: string;
    readonly category: string;
    readonly depth: number | null;
    readonly criterion: string;
    readonly matched: boolean;
    readonly difference: number | null;
    readonly interval: [number, number] | null;
  }[];
}

async function resultsOf({ code, out, error }: Outcome): Promise<Written> {
  assert.equal(code, 0, error);
  return JSON.parse(await Deno.readTextFile(JSON.parse(out).results));
}

Deno.test("two families of two files each are compared by one command, and nothing else is named", () =>
  inFolder(async (folder) => {
    const images = join(folder, "my images"), own = join(folder, "my networks");
    await writeImages(images);
    await writeNetworks(own);
    const named = [
      ...["--network", `Plain=${join(own, "plain 0.onnx")}`, "--network", `Plain=${join(own, "plain 1.onnx")}`],
      ...["--network", `planted=${join(own, "planté-0.onnx")}`, "--network", `planted=${join(own, "planté-1.onnx")}`],
    ];
    const request = [...named, "--compare", "Plain:planted", "--stimuli", images, "--preprocessing", RECIPE];
    const run = ["--device", "cpu", "--no-keep", "--json", "--out", join(folder, "out")];
    const results = await resultsOf(await reproduce(...request, ...run));
    assert.equal(results.study, "own-networks");
    assert.deepEqual(results.networks.map(({ id, family }) => [family, id]), [
      ["Plain", "plain-0"],
      ["Plain", "plain-1"],
      ["planted", "plante-0"],
      ["planted", "plante-1"],
    ]);
    const row = results.comparisons.find(({ measure, category, depth, criterion, matched }) =>
      measure === "proportion" && category === "faces" && depth === null && criterion === "conjunction-max" && !matched
    )!;
    assert.deepEqual([row.a, row.b], ["Plain", "planted"]);
    assert.ok(row.difference! > 0.2 && row.interval![0] > 0, JSON.stringify(row));
    const families = new Set(results.comparisons.flatMap(({ a, b }) => [a, b]));
    assert.deepEqual([...families], ["Plain", "planted"]);

    // The study that the command line amounts to is the same run.
    const printed = await reproduce(...request, "--print-study");
    assert.equal(printed.code, 0, printed.error);
    const study = JSON.parse(printed.out);
    assert.deepEqual(study.networks[0].preprocessing.crop, SIDE);
    const file = join(folder, "study.json");
    await Deno.writeTextFile(
      file,
      JSON.stringify({
        ...study,
        title: "Planted against plain",
        stimuli: "my images",
        networks: study.networks.map((network: { weights: string }, i: number) => ({
          ...network,
          weights: join("my networks", network.weights.slice(own.length + 1)),
          seed: i % 2,
        })),
      }),
    );
    const again = await resultsOf(await reproduce(file, ...run));
    assert.deepEqual(again.networks.map(({ seed }) => seed), [0, 1, 0, 1]);
    assert.equal(
      again.comparisons.find(({ measure, category, depth, criterion, matched }) =>
        measure === "proportion" && category === "faces" && depth === null && criterion === "conjunction-max" &&
        !matched
      )!.difference,
      row.difference,
    );
  }));

Deno.test("requests for networks of one's own that cannot be are refused in one sentence, before any image is prepared", () =>
  inFolder(async (folder) => {
    const images = join(folder, "images"), path = join(folder, "a.onnx");
    await writeImages(images);
    await Deno.writeFile(path, network(0, 1));
    const refuses = async (message: RegExp, ...args: string[]): Promise<void> => {
      const { code, error } = await reproduce(...args, "--stimuli", images, "--out", join(folder, "out"), "--quiet");
      assert.equal(code, 2, error);
      const lines = error.split("\n").filter((line) => /^\S/.test(line) && !line.startsWith("Warning"));
      assert.equal(lines.length, 1, error);
      assert.match(lines[0], message);
    };
    const known = ["--network", path, "--preprocessing", RECIPE];
    await Promise.all([
      refuses(/without knowing how images become its input; expected --preprocessing/, "--network", path),
      refuses(/Cannot use --network .*b\.onnx: there is no such file/, "--network", join(folder, "b.onnx")),
      refuses(/Cannot compare "b": no network is of that family; expected one of a/, ...known, "--compare", "a:b"),
      refuses(
        /Cannot compare "clip": no network is of that family; expected one of mini-vision/,
        "--compare",
        "clip:mini-lang",
      ),
      refuses(/--compare.*Expected two families as A:B/, ...known, "--compare", "a"),
      refuses(
        /Cannot use --supervision: only a study file can say it, as "supervision" of a network/,
        "--supervision=vision",
      ),
      refuses(/Cannot use "a\.onnx" as a study: it is a network; expected --network a\.onnx/, "a.onnx"),
      refuses(/Cannot use --network my labs=a\.onnx: "my labs" is no name of a family/, "--network", "my labs=a.onnx"),
      refuses(/Unknown architecture: "vit"\. Should be one of: mini, /, "--network", "a.pth", "--architecture", "vit"),
      refuses(/Cannot use --architecture without --network FILE of weights/, ...known, "--architecture", "vgg16"),
      refuses(/Cannot use --preprocessing without --network FILE/, "--preprocessing", "imagenet"),
      refuses(
        /Cannot use --preprocessing .*none\.json: there is no such file/,
        "--network",
        path,
        "--preprocessing",
        "none.json",
      ),
      refuses(/Cannot read the study "none\.json": there is no such file/, "none.json"),
      refuses(/Unknown network: "nothing"\. Should be a file, or an id or family/, "--network", "nothing"),
    ]);
    const file = join(folder, "wrong.json");
    await Deno.writeTextFile(file, JSON.stringify({ networks: [{ id: "a" }, { lock: 1 }], stimuli: "images" }));
    await refuses(/Cannot use the study ".*wrong\.json": networks\[0\]\.weights: .*; networks\[1\]\.lock: /, file);
  }));
