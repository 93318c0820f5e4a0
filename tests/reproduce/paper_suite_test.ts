import assert from "node:assert/strict";
import { dirname } from "node:path";
import { PAPER } from "../../src/study/mod.ts";
import { parseModelsLock } from "../../src/lock/mod.ts";
import { makeSuite } from "./_made_suite.ts";
import { inFolder } from "../in_folder.ts";
import { type Outcome, runCommand } from "../tasks/run_command.ts";

const NAMED = PAPER.networks.map((network) => "lock" in network ? network.lock : network.id);
const ROOT = new URL("../../", import.meta.url);

function reproduce(folder: string, ...args: string[]): Promise<Outcome> {
  return runCommand(
    "reproduce.ts",
    ["paper", "--device", "cpu", "--fast", "--out", `${folder}/out`, ...args],
    { FUSIFORM_CACHE: `${folder}/cache` },
  );
}

/** A mirror of every host: `/<host>/<path>`. */
async function withMirror(files: ReadonlyMap<string, Uint8Array>, work: (url: string) => Promise<void>): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    const bytes = files.get(`${decodeURIComponent(pathname.slice(1))}${search}`);
    if (bytes === undefined) return new Response("there is no such file", { status: 404 });
    return new Response(bytes as Uint8Array<ArrayBuffer>);
  });
  try {
    await work(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

interface Network {
  readonly id: string;
  readonly family: string;
  readonly status: string;
  readonly reason: string | null;
  readonly weights: { readonly sha256: string | null; readonly status: string };
  readonly layers: readonly { readonly name: string; readonly shape: number[]; readonly categories: object }[];
}

Deno.test("every network of the paper study and of its comparisons is in the lock", async () => {
  const { models } = parseModelsLock(await Deno.readTextFile(new URL("models.lock.json", ROOT)));
  const ids = models.map(({ id }) => id);
  assert.deepEqual(NAMED.filter((id) => !ids.includes(id)), []);
  const familyOf = (id: string): string => models.find((model) => model.id === id)!.family;
  const families = PAPER.networks.map(({ family }, i) => family ?? familyOf(NAMED[i]));
  assert.deepEqual(PAPER.compare!.flatMap(({ a, b }) => [a, b]).filter((family) => !families.includes(family)), []);
  assert.deepEqual(Object.keys(PAPER.families!).sort(), [...new Set(families)].sort());
  const three = ["vision-rn50", "virtex-captions", "clip-rn50", "untrained-resnet50"];
  for (const name of three) assert.equal(families.filter((family) => family === name).length, 3, name);
});

Deno.test("the paper suite runs from a mirror, and what cannot be had is reported and stops nothing", async () => {
  const { models, stimuli, files } = await makeSuite(4);
  const served = new Map(files);
  for (const [place, bytes] of files) {
    if (place.includes("yfcc15m")) served.delete(place);
    if (place.includes("cc12m")) served.set(place, bytes.map((byte, i) => i === bytes.length - 1 ? byte ^ 1 : byte));
  }
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/models.lock.json`, models);
    await Deno.writeTextFile(`${folder}/stimuli.lock.json`, stimuli);
    await withMirror(served, async (url) => {
      const args = ["--root", folder, "--mirror", url, "--layers", "stages", "--units", "selected", "--json"];
      const { code, out, error } = await reproduce(folder, ...args);
      assert.equal(code, 1, error);
      const { results, report, directory } = JSON.parse(out);
      const text = await Deno.readTextFile(results);
      // Letters of an encoded picture may spell anything.
      const plain = text.replace(/"data:[^"]*"/g, '""');
      assert.equal(/.{0,80}(NaN|Infinity)/.exec(plain)?.[0], undefined);
      const { networks, comparisons, claims, stimuli, families } = JSON.parse(text) as {
        networks: Network[];
        comparisons: { a: string; b: string }[];
        claims: unknown[];
        families: Record<string, { note: string }>;
        stimuli: { set: string; perCondition: Record<string, number> };
      };
      assert.deepEqual(networks.map(({ id }) => id), NAMED);
      assert.equal(stimuli.set, "floc");
      assert.equal(stimuli.perCondition.faces, 8);
      const reasons = Object.fromEntries(networks.filter((n) => n.status === "not run").map((n) => [n.id, n.reason]));
      assert.deepEqual(Object.keys(reasons), [
        "virtex-multilabel",
        "virtex-token-classification",
        "virtex-bicaptioning-backbone",
        "virtex-captioning",
        "virtex-masked-lm",
        "clip-rn50-yfcc15m",
        "clip-rn50-cc12m",
      ]);
      assert.match(reasons["virtex-multilabel"]!, /no hash is published for it; pass --allow-unpinned/);
      assert.match(reasons["clip-rn50-yfcc15m"]!, /404/);
      assert.match(
        reasons["clip-rn50-cc12m"]!,
        /Cannot verify "clip-rn50-cc12m": expected sha256 [0-9a-f]+…, got [0-9a-f]+…/,
      );
      const of = (id: string): Network => networks.find((network) => network.id === id)!;
      assert.deepEqual(of("clip-rn50-openai").layers.map(({ name, shape }) => [name, ...shape]), [
        ["relu3", 4, 32, 32],
        ["layer1", 8, 16, 16],
        ["layer2", 8, 8, 8],
        ["layer3", 8, 4, 4],
        ["layer4", 64, 2, 2],
        ["attnpool", 1024],
      ]);
      assert.deepEqual(of("slip-clip-vitb16").layers.map(({ shape }) => shape), [[10, 8], [10, 8], [10, 8], [8]]);
      assert.equal(of("untrained-resnet50-s0").weights.status, "seeded");
      const pairs = new Set(comparisons.map(({ a, b }) => `${a} ${b}`));
      assert.ok(pairs.has("slip-simclr-vitb16 slip-clip-vitb16"));
      assert.ok(pairs.has("vision-rn50 clip-rn50"));
      assert.equal(networks.filter(({ family }) => family === "vision-rn50").length, 3);
      assert.match(families["vision-rn50"].note, /^Three recipes/);
      assert.match(await Deno.readTextFile(report), /<strong>vision-rn50<\/strong>: Three recipes/);
      assert.ok(![...pairs].some((pair) => pair.includes("virtex")));
      assert.equal(claims.length, 6);
      assert.match(await Deno.readTextFile(report), /no hash is published for it; pass --allow-unpinned/);
      const tables = [...Deno.readDirSync(`${directory}/units`)].map(({ name }) => name).sort();
      assert.deepEqual(tables, networks.filter(({ status }) => status === "run").map(({ id }) => id).sort());
      assert.ok(Deno.statSync(`${directory}/units/slip-clip-vitb16/blocks.0.parquet`).size > 0);
    });
  });
});

Deno.test("the paper suite with no network ends at once with the reasons why nothing was run, and no page", async () => {
  await inFolder(async (folder) => {
    const started = Date.now();
    const { code, out, error } = await reproduce(folder, "--offline");
    assert.equal(code, 1);
    assert.ok(Date.now() - started < 60_000);
    assert.doesNotMatch(error, /error/);
    const accounts = out.split("\n").filter((line) => line.startsWith("not run: "));
    assert.equal(accounts.length, 1);
    assert.match(accounts[0], /resnet50-tv-v1-safetensors.*1584 of 1584 files are not in the store.*without --offline/);
    assert.doesNotMatch(out, /index\.html/);
    const results = /nothing ran, so there is no report; results: (.*)/.exec(out)![1];
    assert.deepEqual([...Deno.readDirSync(dirname(results))].map(({ name }) => name), ["results.json"]);
    const { networks, stimuli } = JSON.parse(await Deno.readTextFile(results));
    assert.equal(networks.length, PAPER.networks.length);
    assert.ok(networks.every(({ status, reason }: Network) => status === "not run" && reason!.includes("floc")));
    assert.equal(stimuli.perCondition.faces, 288);
  });
});
