import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EXAMPLE_LINE, moduleExample } from "./module_example.ts";

Deno.test("the example of mod.ts finds units that prefer faces, more of them in deep layers", async () => {
  const example = (await moduleExample()).replace("@fusiform/fusiform", new URL("../mod.ts", import.meta.url).href);
  const folder = await mkdtemp(join(tmpdir(), "fusiform-example-"));
  const { log } = console;
  const lines: string[] = [];
  console.log = (...words: unknown[]): void => void lines.push(words.map(String).join(" "));
  try {
    await writeFile(join(folder, "example.ts"), example);
    await import(pathToFileURL(join(folder, "example.ts")).href);
  } finally {
    console.log = log;
    await rm(folder, { recursive: true });
  }
  assert.equal(lines.length, 6);
  const shares = lines.map((line) => Number(EXAMPLE_LINE.exec(line)![2]));
  assert.ok(shares[5] > shares[0], lines.join("; "));
});

Deno.test("every part has a module of its own, which the package's exports name", async () => {
  const { exports } = JSON.parse(await readFile(new URL("../deno.json", import.meta.url), "utf8"));
  assert.deepEqual(Object.keys(exports).slice(1), [
    ...["./statistics", "./criteria", "./measures", "./networks", "./stimuli", "./weights", "./recording", "./lesions"],
    "./browser",
    "./command-line",
  ]);
  for (const path of Object.values<string>(exports)) {
    const part = await import(new URL(`../${path}`, import.meta.url).href);
    assert.ok(Object.keys(part).length > 0, path);
  }
});
