import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measuresTable, readResults, type Results, writeResults } from "../../src/results/mod.ts";
import { decodeImage } from "../../src/stimuli/mod.ts";
import { addLive } from "../../tasks/pages/add_live.ts";
import { assembleSite } from "../../tasks/pages/assemble_site.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

function run(id: string, change: (results: Results) => void = () => {}): Results {
  const results = { ...syntheticResults({ seeds: 1, layers: ["pool"] }), id };
  change(results);
  return results;
}

async function place(root: string, results: Results, html: string): Promise<void> {
  const folder = join(root, results.study, results.id);
  await writeResults(join(folder, "results.json"), results);
  await writeFile(join(folder, "index.html"), html);
}

async function inFolders(body: (from: string, site: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-site-"));
  try {
    await body(join(folder, "reports"), join(folder, "site"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What was done to a site, with the number of its runs in place of these. */
async function assembled(...request: Parameters<typeof assembleSite>): Promise<object> {
  const site = await assembleSite(...request);
  return { ...site, runs: site.runs.length };
}

const VERSION = { version: "0.1.0" };
const LATEST = "synthetic/latest/synthetic-01234567/conjunction";
const OLDER = run("0.1.0-aaaaaaaa");
const NEWER = run("0.1.0-bbbbbbbb", (results) => {
  results.provenance.startedAt = "2026-02-02T00:00:00.000Z";
  results.settings.permutations = 999;
});

Deno.test("assembleSite() publishes every run, the latest of each kind and an index that says what changed", async () => {
  await inFolders(async (from, site) => {
    await place(from, NEWER, "newer");
    await place(from, OLDER, "older");
    const { added, runs } = await assembleSite(from, site, VERSION);
    assert.deepEqual(added, ["synthetic/0.1.0-aaaaaaaa/", "synthetic/0.1.0-bbbbbbbb/"]);
    assert.deepEqual(runs.map(({ path }) => path), added);
    const latest = await readFile(join(site, LATEST, "index.html"), "utf8");
    assert.match(latest, /run 0\.1\.0-bbbbbbbb/);
    assert.equal(latest, await readFile(join(site, "synthetic", NEWER.id, "index.html"), "utf8"));
    const index = await readFile(join(site, "index.html"), "utf8");
    assert.ok(index.indexOf("0.1.0-bbbbbbbb/index.html") < index.indexOf("0.1.0-aaaaaaaa/index.html"));
    assert.match(index, /with 1 input changed, none of the \d+ numbers they share moved/);
    assert.deepEqual((await readdir(join(site, "synthetic"))).sort(), ["0.1.0-aaaaaaaa", "0.1.0-bbbbbbbb", "latest"]);
  });
});

Deno.test("assembleSite() has a latest of each stimuli and criterion, and compares like runs only", async () => {
  await inFolders(async (from, site) => {
    const newer = (id: string, change: (results: Results) => void): Results =>
      run(id, (results) => {
        results.provenance.startedAt = "2026-03-03T00:00:00.000Z";
        change(results);
      });
    const others = [
      newer("0.1.0-cccccccc", ({ stimuli }) => Object.assign(stimuli, { set: "floc", hash: "f".repeat(64) })),
      newer("0.1.0-dddddddd", (results) => results.criterion = { ...results.criterion, name: "t > 2/3" }),
      newer("0.1.0-eeeeeeee", ({ settings }) => settings.permutations = 0),
    ];
    for (const results of [OLDER, ...others]) await place(from, results, "page");
    await assembleSite(from, site, VERSION);
    const latest = async (path: string): Promise<string> => (await readResults(join(site, path, "results.json"))).id;
    assert.equal(await latest(LATEST), OLDER.id);
    assert.equal(await latest("synthetic/latest/floc-ffffffff/conjunction"), "0.1.0-cccccccc");
    assert.equal(await latest("synthetic/latest/synthetic-01234567/t_20__3e__20_2_2f_3"), "0.1.0-dddddddd");
    assert.equal(await latest(`${LATEST}-fast`), "0.1.0-eeeeeeee");
    const index = await readFile(join(site, "index.html"), "utf8");
    assert.equal(index.match(/<article class="card"/g)!.length, 4);
    assert.doesNotMatch(index, /numbers they share/);
  });
});

Deno.test("assembleSite() writes a picture of each run, which its page names where the site's address is known", async () => {
  await inFolders(async (from, site) => {
    const bare = run("0.1.0-cccccccc", (results) => results.thumbnails = {});
    for (const results of [OLDER, bare]) await place(from, results, "page");
    await writeFile(join(from, "synthetic", bare.id, "hero.jpg"), "not of the run");
    await assembleSite(from, site, { ...VERSION, url: "https://example.org/site/" });
    const picture = await readFile(join(site, "synthetic", OLDER.id, "hero.jpg"));
    assert.ok((await decodeImage(picture, "hero.jpg")).width > 1);
    const page = async (path: string): Promise<string> => await readFile(join(site, path, "index.html"), "utf8");
    const image = `<meta property="og:image" content="https://example.org/site/synthetic/${OLDER.id}/hero.jpg">`;
    assert.ok((await page(`synthetic/${OLDER.id}`)).includes(image));
    assert.doesNotMatch(await page(`synthetic/${bare.id}`), /og:image/);
    await assert.rejects(stat(join(site, "synthetic", bare.id, "hero.jpg")), { code: "ENOENT" });
    assert.deepEqual((await page("")).match(/<img [^>]*src="[^"]*"/g)!.map((tag) => tag.replace(/.*src=/, "")), [
      `"./synthetic/${OLDER.id}/hero.jpg"`,
    ]);
    // One that was lost is made again; without the site's address a page names none.
    await rm(join(site, "synthetic", OLDER.id, "hero.jpg"));
    await assembleSite(from, site, VERSION);
    assert.deepEqual(await readFile(join(site, "synthetic", OLDER.id, "hero.jpg")), picture);
    assert.doesNotMatch(await page(LATEST), /og:image/);
  });
});

Deno.test("assembleSite() keeps earlier runs of the site and leaves a published run as it is", async () => {
  await inFolders(async (from, site) => {
    await place(site, OLDER, "as published");
    await place(from, { ...OLDER, timing: { ...OLDER.timing, wallSeconds: 99 } }, "made again");
    await place(from, NEWER, "newer");
    assert.deepEqual(await assembled(from, site, VERSION), {
      added: ["synthetic/0.1.0-bbbbbbbb/"],
      runs: 2,
      leftOut: [],
    });
    assert.equal(await readFile(join(site, "synthetic", OLDER.id, "index.html"), "utf8"), "as published");
    const again = await readFile(join(site, "index.html"), "utf8");
    assert.deepEqual((await assembleSite(from, site, VERSION)).added, []);
    assert.equal(await readFile(join(site, "index.html"), "utf8"), again);
  });
});

Deno.test("assembleSite() never rewrites a published run with other numbers", async () => {
  await inFolders(async (from, site) => {
    await place(site, OLDER, "as published");
    const { measures } = OLDER.networks[0].layers[0].categories.faces;
    const elsewhere = run(OLDER.id, (results) => {
      results.networks[0].layers[0].categories.faces.measures["strength.margin"].value =
        measures["strength.margin"].value! + 0.001;
    });
    await place(from, elsewhere, "made on another machine");
    assert.deepEqual(await assembled(from, site, VERSION), { added: [], runs: 1, leftOut: [] });
    assert.equal(await readFile(join(site, "synthetic", OLDER.id, "index.html"), "utf8"), "as published");
    const other = run(OLDER.id, (results) => {
      results.networks[0].layers[0].categories.faces.measures["strength.margin"] = { value: 9, interval: [8, 10] };
    });
    await place(from, other, "other");
    await place(from, NEWER, "newer");
    await assert.rejects(
      assembleSite(from, site, VERSION),
      /^Error: Cannot publish "synthetic\/0\.1\.0-aaaaaaaa\/": the site has a run/,
    );
    assert.deepEqual((await readdir(join(site, "synthetic"))).sort(), [OLDER.id, "latest"]);
  });
});

Deno.test("assembleSite() refuses images that may not be redistributed", async () => {
  await inFolders(async (from, site) => {
    const local = run("0.1.0-cccccccc", (results) => results.stimuli.redistributable = false);
    await place(from, local, "local");
    await assert.rejects(
      assembleSite(from, site, VERSION),
      /it holds 11 images of “Made-up images”, which may not be redistributed/,
    );
    await assert.rejects(readdir(site), { code: "ENOENT" });
    const withheld = { ...VERSION, withholdImages: true };
    assert.equal((await assembleSite(from, site, withheld)).runs.length, 1);
    const published = await readResults(join(site, "synthetic", local.id, "results.json"));
    assert.deepEqual([published.stimuli.contactSheet, published.thumbnails], [null, {}]);
    const page = await readFile(join(site, "synthetic", local.id, "index.html"), "utf8");
    assert.ok(!page.includes(local.stimuli.contactSheet!));
    assert.deepEqual((await assembleSite(from, site, withheld)).added, []);
    await rm(site, { recursive: true });
    await place(from, { ...local, stimuli: { ...local.stimuli, contactSheet: null }, thumbnails: {} }, "without");
    assert.equal((await assembleSite(from, site, VERSION)).runs.length, 1);
  });
});

Deno.test("assembleSite() works in place and on nothing at all", async () => {
  await inFolders(async (from, site) => {
    await place(from, OLDER, "older");
    assert.deepEqual(await assembled(from, from, VERSION), { added: [], runs: 1, leftOut: [] });
    assert.deepEqual((await readdir(from)).sort(), [
      ".nojekyll",
      "conditions.schema.json",
      "index.html",
      "results.schema.json",
      "study.schema.json",
      "synthetic",
    ]);
    await mkdir(site);
    assert.deepEqual(await assembled(site, site, VERSION), { added: [], runs: 0, leftOut: [] });
    assert.match(await readFile(join(site, "index.html"), "utf8"), /No run has been published yet/);
  });
});

async function assemble(from: string, site: string): Promise<{ added: string[]; reasons: Record<string, string> }> {
  const { added, leftOut } = await assembleSite(from, site, VERSION);
  return { added, reasons: Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason])) };
}

Deno.test("assembleSite() leaves out runs whose names are not those of their folders, and writes nothing outside the site", async () => {
  await inFolders(async (from, site) => {
    await place(from, OLDER, "older");
    const write = (folder: string, results: Results) => writeResults(join(from, folder, "results.json"), results);
    await write("synthetic/0.1.0-11111111", { ...OLDER, study: "../../escaped", id: "0.1.0-11111111" });
    await write("synthetic/0.1.0-22222222", { ...OLDER, id: "../../../escaped" });
    await write("javascript:alert(1)/0.1.0-33333333", { ...OLDER, study: "javascript:alert(1)" });
    await write("synthetic/0.1.0-44444444", { ...OLDER, study: "javascript:alert(1)" });
    // Runs of one id have numbers after it.
    await write(`synthetic/${OLDER.id}-2`, OLDER);
    await write(`synthetic/${OLDER.id}-1`, OLDER);
    const { added, reasons } = await assemble(from, site);
    assert.deepEqual(added, [`synthetic/${OLDER.id}/`, `synthetic/${OLDER.id}-2/`]);
    assert.deepEqual(Object.keys(reasons).sort(), [
      "javascript:alert(1)/",
      "synthetic/0.1.0-11111111/",
      "synthetic/0.1.0-22222222/",
      "synthetic/0.1.0-44444444/",
      `synthetic/${OLDER.id}-1/`,
    ]);
    assert.match(reasons["synthetic/0.1.0-11111111/"], /name the study "\.\.\/\.\.\/escaped"; expected "synthetic"/);
    assert.match(reasons["synthetic/0.1.0-22222222/"], /name the run "\.\.\/\.\.\/\.\.\/escaped"/);
    assert.match(reasons["javascript:alert(1)/"], /its name cannot be published/);
    assert.deepEqual((await readdir(join(site, ".."))).sort(), ["reports", "site"]);
    assert.deepEqual((await readdir(site)).sort(), [
      ".nojekyll",
      "conditions.schema.json",
      "index.html",
      "results.schema.json",
      "study.schema.json",
      "synthetic",
    ]);
    for (const [, address] of (await readFile(join(site, "index.html"), "utf8")).matchAll(/href="([^"]*)"/g)) {
      assert.match(address, /^(\.\/[\w.-]+\/|\.\/index\.html(#|$)|\.\/docs\/|#)/);
    }
  });
});

Deno.test("assembleSite() renders pages from results, and takes tables and nothing else beside them", async () => {
  await inFolders(async (from, site) => {
    await place(from, OLDER, "<script>alert(1)</script>");
    const folder = join(from, "synthetic", OLDER.id);
    await mkdir(join(folder, "units", "net"), { recursive: true });
    await mkdir(join(folder, "moments"));
    await writeFile(join(folder, "units", "net", "pool.parquet"), "table");
    await writeFile(join(folder, "moments", "net.safetensors"), "moments");
    await writeFile(join(folder, "extra.html"), "<script>alert(1)</script>");
    await chmod(join(folder, "units", "net", "pool.parquet"), 0o600);
    await chmod(folder, 0o700);
    const { reasons } = await assemble(from, site);
    assert.deepEqual(reasons, { [`synthetic/${OLDER.id}/extra.html`]: "it is no part of a run" });
    const published = join(site, "synthetic", OLDER.id);
    const files = await readdir(published, { recursive: true });
    assert.deepEqual(files.sort(), [
      ...["hero.jpg", "index.html", "measures.csv", "moments", "moments/net.safetensors", "results.json"],
      ...["units", "units/net", "units/net/pool.parquet"],
    ]);
    const schema = JSON.parse(await readFile(join(site, "results.schema.json"), "utf8"));
    assert.equal(schema.properties.schemaVersion.const, 2);
    const beside = JSON.parse(await readFile(join(site, "conditions.schema.json"), "utf8"));
    assert.equal(beside.properties.targets.type, "array");
    for (const page of [published, join(site, LATEST)]) {
      const table = await readFile(join(page, "measures.csv"), "utf8");
      assert.equal(table, measuresTable(await readResults(join(page, "results.json"))));
      const text = await readFile(join(page, "index.html"), "utf8");
      assert.match(text, /^<!doctype html>/);
      assert.ok(!text.includes("<script>alert(1)"));
    }
    const mask = Deno.umask();
    const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    assert.equal(await mode(published), 0o777 & ~mask);
    for (const file of ["index.html", "results.json", "units/net/pool.parquet"]) {
      assert.equal(await mode(join(published, file)), 0o666 & ~mask, file);
    }
  });
});

Deno.test("assembleSite() refuses links in runs, in place of runs and in the site", async () => {
  await inFolders(async (from, site) => {
    await place(from, OLDER, "older");
    await place(from, NEWER, "newer");
    const secret = join(from, "..", "secret");
    await mkdir(secret);
    await writeResults(join(secret, "results.json"), OLDER);
    await writeFile(join(secret, "key"), "secret");
    await mkdir(join(from, "synthetic", NEWER.id, "units"));
    await symlink(join(secret, "key"), join(from, "synthetic", NEWER.id, "units", "a.parquet"));
    await symlink(secret, join(from, "synthetic", "0.1.0-cccccccc"));
    await symlink(secret, join(from, "linked"));
    await mkdir(join(from, "synthetic", "0.1.0-dddddddd"));
    await symlink(join(secret, "results.json"), join(from, "synthetic", "0.1.0-dddddddd", "results.json"));
    const { added, reasons } = await assemble(from, site);
    assert.deepEqual(added, [`synthetic/${OLDER.id}/`]);
    assert.deepEqual(Object.keys(reasons).sort(), [
      "linked/",
      `synthetic/${NEWER.id}/`,
      "synthetic/0.1.0-cccccccc/",
      "synthetic/0.1.0-dddddddd/",
    ]);
    for (const reason of Object.values(reasons)) assert.match(reason, /is a link/);

    await rm(join(site, "synthetic", "latest"), { recursive: true });
    await symlink(secret, join(site, "synthetic", "latest"));
    await assert.rejects(
      assembleSite(from, site, VERSION),
      /Cannot publish into ".*latest": it is a link; expected a folder/,
    );
    await rm(join(site, "synthetic"), { recursive: true });
    await symlink(secret, join(site, "synthetic"));
    await assert.rejects(assembleSite(from, site, VERSION), /Cannot publish into ".*synthetic": it is a link/);
    assert.deepEqual((await readdir(secret)).sort(), ["key", "results.json"]);
  });
});

Deno.test("assembleSite() names a damaged run and leaves it out, and the rest is published", async () => {
  await inFolders(async (from, site) => {
    await place(from, OLDER, "older");
    await mkdir(join(from, "synthetic", "0.1.0-cccccccc"));
    await writeFile(join(from, "synthetic", "0.1.0-cccccccc", "results.json"), "{");
    await mkdir(join(from, "synthetic", "0.1.0-dddddddd"));
    // It fits the schema, and a figure cannot be drawn from it.
    await place(from, run("0.1.0-eeeeeeee", (results) => results.targets.push("absent")), "page");
    const idle = run("0.1.0-ffffffff", (results) => {
      results.networks = results.networks.map((network) => ({ ...network, status: "not run", layers: [] }));
    });
    await place(from, idle, "page");
    const { added, reasons } = await assemble(from, site);
    assert.deepEqual(added, [`synthetic/${OLDER.id}/`]);
    assert.match(reasons["synthetic/0.1.0-cccccccc/"], /is not valid JSON/);
    assert.match(reasons["synthetic/0.1.0-dddddddd/"], /there is no such file/);
    assert.match(reasons["synthetic/0.1.0-eeeeeeee/"], /has no "absent"/);
    assert.equal(reasons["synthetic/0.1.0-ffffffff/"], "none of its networks was run");
    assert.deepEqual((await readdir(join(site, "synthetic"))).sort(), [OLDER.id, "latest"]);
    // A published run that has been damaged stays as it is, and the index does without it.
    await writeFile(join(site, "synthetic", OLDER.id, "results.json"), "{");
    const again = await assemble(from, site);
    assert.deepEqual(again.added, []);
    assert.match(again.reasons[`synthetic/${OLDER.id}/`], /is not valid JSON/);
    assert.match(await readFile(join(site, "index.html"), "utf8"), /No run has been published yet/);
  });
});

Deno.test("addLive() puts the live page into a site, and names the newest run of the mini study for it to compare with", async () => {
  await inFolders(async (from, site) => {
    const page = join(from, "..", "live");
    assert.equal(await addLive(page, site, []), null);
    await mkdir(join(page, "weights"), { recursive: true });
    await writeFile(join(page, "weights", "a"), "a");
    await writeFile(join(page, "live.json"), JSON.stringify({ source: "s", gitCommit: null, published: null }));
    const told = async (...runs: { results: Results; path: string }[]): Promise<unknown> => {
      assert.equal(await addLive(page, site, runs), 2);
      assert.equal(await readFile(join(site, "live", "weights", "a"), "utf8"), "a");
      return JSON.parse(await readFile(join(site, "live", "live.json"), "utf8")).published;
    };
    const other = { results: OLDER, path: "synthetic/a/" };
    const mini = (startedAt: string, permutations: number) => ({
      results: run("m", (results) => {
        results.study = "mini";
        results.provenance.startedAt = startedAt;
        results.settings.permutations = permutations;
      }),
      path: "mini/m/",
    });
    assert.equal(await told(other, mini("2026-02-02T00:00:00.000Z", 0)), null);
    const newest = mini("2026-02-02T00:00:00.000Z", 99);
    const latest = "mini/latest/synthetic-01234567/conjunction/";
    const published = { results: `../${latest}results.json`, selected: null };
    assert.deepEqual(await told(other, newest, mini("2026-03-03T00:00:00.000Z", 0)), published);
    await mkdir(join(site, latest), { recursive: true });
    await writeFile(join(site, latest, "selected.json"), "{}");
    assert.deepEqual(await told(newest), { ...published, selected: `../${latest}selected.json` });
  });
});
