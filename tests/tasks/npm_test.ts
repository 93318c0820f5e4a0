import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { completeManifest, type Manifest } from "../../tasks/npm/manifest.ts";
import { type Packed, packForNpm } from "../../tasks/npm/pack_for_npm.ts";
import { EXAMPLE_LINE, moduleExample } from "../module_example.ts";

const ROOT = new URL("../../", import.meta.url);

const MANIFEST: Manifest = {
  name: "@scope/name",
  version: "1.2.3",
  type: "module",
  exports: { ".": { types: "./mod.d.ts", import: "./mod.js" } },
  dependencies: { zod: "^4.6.7", "@zip.js/zip.js": "^2.24.0" },
};
const PROJECT = {
  description: "What it is",
  imports: { zod: "npm:zod@4.6.7", "@zip.js/zip.js": "npm:@zip.js/zip.js@2.24.0", commander: "npm:commander@15.1.0" },
};

Deno.test("completeManifest() pins what is depended on and adds what packing drops", () => {
  const complete = completeManifest(MANIFEST, PROJECT);
  assert.deepEqual(complete.dependencies, { "@zip.js/zip.js": "2.24.0", zod: "4.6.7" });
  assert.equal(complete.description, "What it is");
  assert.deepEqual(complete.engines, { node: ">=20.12" });
  assert.deepEqual(complete.bin, { name: "./bin.js" });
  assert.deepEqual([complete.name, complete.type, complete.exports], ["@scope/name", "module", MANIFEST.exports]);
});

Deno.test("completeManifest() refuses a dependency without an exact version, and a project without description", () => {
  const loose: Record<string, string>[] = [{}, { zod: "npm:zod@^4.6.7" }, { zod: "npm:zod" }, {
    zod: "npm:zodiac@4.6.7",
  }];
  for (const imports of loose) {
    assert.throws(
      () => completeManifest({ ...MANIFEST, dependencies: { zod: "^4" } }, { ...PROJECT, imports }),
      /^Error: Cannot pin "zod": deno\.json imports .*; expected npm:zod@x\.y\.z$/,
    );
  }
  assert.throws(() => completeManifest(MANIFEST, { ...PROJECT, description: "" }), /has no description/);
});

async function withPackage(work: (packed: Packed, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-npm-"));
  try {
    await work(await packForNpm({ out: folder, allowDirty: true }), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** Module specifiers of imports and re-exports in JavaScript as Deno emits it, and what is resolved by name at run time. */
function specifiers(text: string): string[] {
  const sites = /(?:^(?:import|export)\b[^=;"'()]*\bfrom |^import |\bimport\(|import\.meta\.resolve\()"([^"]+)"/gm;
  return [...text.matchAll(sites)].map(([, specifier]) => specifier);
}

Deno.test("packForNpm() leaves a package whose every import, type and pinned file is in it or a dependency", async () => {
  await withPackage(async ({ directory, tarball, bytes, manifest }) => {
    assert.ok(bytes > 0 && bytes === (await stat(tarball)).size);
    assert.deepEqual(JSON.parse(await readFile(join(directory, "package.json"), "utf8")), manifest);
    const listed = await readdir(directory, { recursive: true });
    const modules = listed.filter((path) => /\.(js|d\.ts)$/.test(path));
    const packages = new Set<string>();
    for (const path of modules) {
      const text = await readFile(join(directory, path), "utf8");
      assert.doesNotMatch(text, /^[^*]*\bDeno\./m, path);
      for (const specifier of specifiers(text)) {
        if (specifier.startsWith(".")) {
          const typed = path.endsWith(".d.ts") ? specifier.replace(/\.js$/, ".d.ts") : specifier;
          assert.ok(await exists(join(directory, dirname(path), typed)), `${path} imports ${specifier}`);
        } else if (!isBuiltin(specifier)) {
          packages.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
        }
      }
    }
    assert.ok(modules.length > 200 && packages.size > 5, `${modules.length} modules, ${packages.size} packages`);
    assert.deepEqual([...packages].filter((name) => !(name in manifest.dependencies)), []);
    const { models } = JSON.parse(await readFile(join(directory, "models.lock.json"), "utf8"));
    const local = models.flatMap(({ source }: { source: { path?: string } }) => source.path ?? []);
    assert.ok(local.length > 0);
    for (
      const path of [
        ...local,
        "stimuli.lock.json",
        "README.md",
        "LICENSE",
        "CITATION.cff",
        "mod.js",
        "mod.d.ts",
        "bin.js",
      ]
    ) {
      assert.ok(await exists(join(directory, path)), path);
    }
    for (const path of ["tests", "tasks", "bench", "deno.json"]) assert.ok(!await exists(join(directory, path)), path);
  });
});

Deno.test("deno task npm refuses an unknown flag in one sentence, with exit status 2", async () => {
  const args = ["run", "-A", "--no-check", "tasks/npm.ts", "--bogus"];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT, env: { NO_COLOR: "1" } })
    .output();
  assert.equal(code, 2);
  assert.equal(new TextDecoder().decode(stderr), "error: unknown option '--bogus'\n");
});

/** Needs Node, and packages that the cache of Deno may not have; `FUSIFORM_TEST_NODE=1` asks for it. */
Deno.test({
  name: "the packed library runs the example of mod.ts in Node",
  ignore: Deno.env.get("FUSIFORM_TEST_NODE") !== "1",
  async fn() {
    await withPackage(async ({ directory, manifest }, folder) => {
      const project = join(folder, "project");
      await mkdir(project);
      const consumer = { name: "consumer", private: true, type: "module", dependencies: manifest.dependencies };
      await writeFile(join(project, "package.json"), JSON.stringify(consumer));
      await writeFile(join(project, "example.js"), await moduleExample());
      await cp(new URL("deno.lock", ROOT), join(project, "deno.lock"));
      const run = async (command: string, ...args: string[]): Promise<string> => {
        const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd: project }).output();
        assert.ok(success, new TextDecoder().decode(stderr));
        return new TextDecoder().decode(stdout);
      };
      await run(Deno.execPath(), "install", "--node-modules-dir=auto", "--frozen=false");
      await cp(directory, join(project, "node_modules", ...manifest.name.split("/")), { recursive: true });
      const lines = (await run("node", "example.js")).trim().split("\n");
      assert.equal(lines.length, 6);
      for (const line of lines) assert.match(line, EXAMPLE_LINE);
      // The same in Deno, from the package alone.
      const types = join(project, "example.ts");
      await writeFile(types, await moduleExample());
      const manual = "--node-modules-dir=manual";
      await run(Deno.execPath(), "check", manual, "--no-lock", "example.ts");
      const again = (await run(Deno.execPath(), "run", "-A", manual, "--no-lock", "example.ts")).trim().split("\n");
      assert.deepEqual(again, lines);
      const bin = join("node_modules", ...manifest.name.split("/"), "bin.js");
      const flags = ["--fast", "--limit", "1", "--device", "cpu", "--offline", "--no-keep", "--json", "--out", "out"];
      const report = JSON.parse(await run("node", bin, "reproduce", "--network", "mini-vision-s0", ...flags)).report;
      assert.match(await readFile(join(project, report), "utf8"), /<!doctype html>/i);
      assert.equal(JSON.parse(await run("node", bin, "reproduce", "--print-study")).name, "mini");
      const { code, stderr } = await new Deno.Command("node", { args: [bin, "reprduce"], cwd: project }).output();
      assert.deepEqual([code, new TextDecoder().decode(stderr)], [
        2,
        'error: Unknown command: "reprduce". Should be reproduce\n',
      ]);
    });
  },
});
