import assert from "node:assert/strict";
import { encodePng } from "../../src/stimuli/mod.ts";
import { inFolder } from "../in_folder.ts";
import { type Outcome, runCommand } from "./run_command.ts";

const ROOT = new URL("../../", import.meta.url);

const reproduce = (...args: string[]): Promise<Outcome> => runCommand("reproduce.ts", args);

/** Stripes of a condition's own width, with noise, so that some units prefer each. */
function stripes(condition: number, index: number): Uint8Array {
  let state = 1 + index + 1000 * condition;
  const data = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const column = Math.floor(i / 3) % 64;
    return (Math.floor(column / (2 << condition)) % 2) * 150 + (state >>> 24) / 3;
  });
  return encodePng({ width: 64, height: 64, data });
}

async function writeImages(folder: string, perCondition: number): Promise<void> {
  for (const [condition, name] of ["faces", "places", "words", "objects"].entries()) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    for (let index = 0; index < perCondition; index++) {
      await Deno.writeFile(`${folder}/${name}/${index}.png`, stripes(condition, index));
    }
  }
}

async function refuses(message: RegExp, ...args: string[]): Promise<void> {
  await inFolder(async (folder) => {
    const { code, out, error } = await reproduce(...args, "--out", `${folder}/out`, "--quiet");
    assert.equal(code, 2, error);
    assert.equal(out, "");
    // An expression is shown below the sentence, with a mark under the place.
    const lines = error.split("\n").filter((line) => /^\S/.test(line) && !line.startsWith("Warning"));
    assert.equal(lines.length, 1, error);
    assert.match(lines[0], message);
    await assert.rejects(Deno.stat(`${folder}/out`), Deno.errors.NotFound);
  });
}

Deno.test("reproduce refuses an unknown study, device, network and flag in one sentence with status 2", async () => {
  await Promise.all([
    refuses(/Unknown study: "maxi"\. Should be mini, paper, or a study file/, "maxi"),
    refuses(/Unknown device: "tpu"/, "--device", "tpu"),
    refuses(/Unknown network: "mini-audio"/, "--network", "mini-audio"),
    refuses(
      /^error: Cannot localize "all-minilm-l6-v2": it is a text encoder, which takes no images; expected a network$/,
      "--network",
      "all-minilm-l6-v2",
    ),
    refuses(/Cannot use --taps: there is no such flag any more; use --layers/, "--taps", "stages"),
    refuses(/Cannot use --models: there is no such flag any more; use --network/, "--models=mini-clip-s0"),
    refuses(/Cannot use --list-taps: .*use --list-layers/, "--list-taps"),
    refuses(/Cannot use --moments: .*recordings are kept in the store, unless --no-keep/, "--moments"),
    refuses(/Cannot use --replicates: .*--fast leaves them out/, "--replicates", "500"),
    refuses(/unknown option/, "--frobnicate"),
  ]);
});

Deno.test("reproduce refuses an unknown criterion and a broken expression", async () => {
  await Promise.all([
    refuses(/Unknown criterion: "vibes"/, "--criterion", "vibes", "--limit", "4"),
    refuses(/Cannot read the criterion at character 16/, "--criterion", "min(d.objects > ", "--limit", "4"),
  ]);
});

Deno.test("reproduce refuses targets, controls and pools that do not exist or cannot be read", async () => {
  await Promise.all([
    refuses(/"cats" among the targets is no condition; there are "faces", "bodies"/, "--targets", "faces,cats"),
    refuses(/"x" among the controls is no condition; .*"scrambled places"/, "--targets", "faces", "--controls", "x"),
    refuses(/"adult" in a pool is no folder/, "--pool", "alive=faces+bodies", "--pool", "young=adult"),
    refuses(/'faces' is invalid\. Expected NAME=FOLDER\+FOLDER\./, "--pool", "faces"),
    refuses(/Expected NAME=FOLDER\+FOLDER\./, "--pool", "alive=faces+"),
    refuses(/It makes "alive" twice\./, "--pool", "alive=faces", "--pool", "alive=bodies"),
    refuses(/Expected names separated by commas/, "--targets", ","),
    refuses(/Cannot use --targets twice/, "--targets", "faces", "--targets", "bodies"),
  ]);
});

Deno.test("reproduce refuses a folder that is missing or holds one image", async () => {
  await refuses(/nowhere/, "--stimuli", "/nowhere/at/all");
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/images/faces`, { recursive: true });
    await Deno.writeFile(`${folder}/images/faces/0.png`, stripes(0, 0));
    await refuses(/condition "faces" has 1 image/, "--stimuli", `${folder}/images`);
  });
});

Deno.test("reproduce leaves the same results twice, without NaN, and says where", async () => {
  await inFolder(async (folder) => {
    await writeImages(`${folder}/images`, 12);
    const args = ["mini", "--network", "mini-untrained-s0", "--stimuli", `${folder}/images`, "--no-keep", "--fast"];
    const read: string[] = [];
    for (const run of ["first", "second"]) {
      const { code, out, error } = await reproduce(...args, "--out", `${folder}/${run}`, "--json", "--device", "cpu");
      assert.equal(code, 0, error);
      const { report, results, id, notRun } = JSON.parse(out);
      assert.deepEqual(notRun, []);
      assert.match(await Deno.readTextFile(report), /<!doctype html>/i);
      const { provenance, timing, ...stable } = JSON.parse(await Deno.readTextFile(results));
      assert.equal(stable.id, id);
      assert.equal(provenance.device, "cpu");
      assert.ok(provenance.selfCheck < 1e-3);
      // Scrambled places and words are recorded beside the 48 images.
      assert.equal(timing.images, 72);
      read.push(JSON.stringify(stable));
    }
    assert.ok(read[0] === read[1], "the two runs differ");
    assert.doesNotMatch(read[0].replaceAll(/"data:[^"]*"/g, ""), /NaN|Infinity/);
    assert.equal(JSON.parse(read[0]).networks[0].layers.length, 10);
  });
});

Deno.test("reproduce counts images that are stored several times once, and names the copies", async () => {
  await inFolder(async (folder) => {
    const images = `${folder}/images`;
    await writeImages(images, 4);
    const args = ["--network", "mini-untrained-s0", "--stimuli", images, "--no-keep", "--fast", "--device", "cpu"];
    const plain = await reproduce(...args, "--out", `${folder}/plain`, "--json");
    assert.equal(plain.code, 0, plain.error);
    const before = JSON.parse(plain.out);
    assert.deepEqual(before.duplicates, []);
    for (let index = 0; index < 4; index++) {
      for (const copy of [1, 2, 3]) {
        await Deno.copyFile(`${images}/faces/${index}.png`, `${images}/faces/${index}-${copy}.png`);
      }
    }
    const { code, out, error } = await reproduce(...args, "--out", `${folder}/copied`);
    assert.equal(code, 0, error);
    assert.match(out, /^notice: 12 files are copies and do not count: faces\/0-2\.png \(of faces\/0-1\.png\), /m);
    assert.match(out, /, and 6 more in results\.json$/m);
    const report = /report: (.*)/.exec(out)![1];
    const page = await Deno.readTextFile(report);
    assert.match(page, /12 files are copies of another image in the same condition and do not count/);
    const results = JSON.parse(await Deno.readTextFile(report.replace("index.html", "results.json")));
    assert.equal(results.stimuli.perCondition.faces, 4);
    assert.equal(results.stimuli.duplicates.length, 4);
    assert.equal(results.stimuli.duplicates.flatMap((found: { copies: string[] }) => found.copies).length, 12);
    await Deno.copyFile(`${images}/faces/0.png`, `${images}/places/face.png`);
    const twice = await reproduce(...args, "--out", `${folder}/twice`);
    assert.equal(twice.code, 2);
    assert.match(twice.error, /are the same file in two conditions/);
  });
});

Deno.test("reproduce reports a network whose file has a flipped byte as not run, with both hashes, and exits 1", async () => {
  await inFolder(async (folder) => {
    await writeImages(`${folder}/images`, 4);
    const lock = JSON.parse(await Deno.readTextFile(new URL("models.lock.json", ROOT)));
    const entry = lock.models.find((model: { id: string }) => model.id === "mini-vision-s0");
    const bytes = await Deno.readFile(new URL(entry.source.path, ROOT));
    bytes[bytes.length - 1] ^= 1;
    await Deno.writeFile(`${folder}/flipped.safetensors`, bytes);
    const args = [
      ...["--network", "mini-vision-s0", "--weights", `mini-vision-s0=${folder}/flipped.safetensors`],
      ...["--stimuli", `${folder}/images`, "--out", `${folder}/out`, "--no-keep", "--fast"],
    ];
    const { code, out } = await reproduce(...args, "--json");
    assert.equal(code, 1);
    const { notRun, report, directory } = JSON.parse(out);
    assert.equal(notRun[0].id, "mini-vision-s0");
    const reason = new RegExp(`expected sha256 ${entry.sha256.slice(0, 8)}`);
    assert.match(notRun[0].reason, reason);
    // Nothing ran, so there are the reasons and no page.
    assert.equal(report, null);
    assert.deepEqual([...Deno.readDirSync(directory)].map(({ name }) => name), ["results.json"]);
    const quiet = await reproduce(...args, "--quiet");
    assert.equal(quiet.code, 1);
    assert.equal(quiet.out, "");
    const lines = quiet.error.split("\n").filter((line) => line.startsWith("not run: mini-vision-s0: "));
    assert.equal(lines.length, 1, quiet.error);
    assert.match(lines[0], reason);
  });
});
