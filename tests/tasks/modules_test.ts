import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import modules, { MODULES, PURE } from "../../tasks/lint/modules.ts";

function messages(file: string, source: string): string[] {
  return Deno.lint.runPlugin(modules, file, source).map((diagnostic) => diagnostic.message);
}

Deno.test("the lint rules let a module import a module before it, through its mod.ts", () => {
  assert.deepEqual(messages("/x/src/networks/a.ts", 'import { x } from "../onnx/mod.ts"; x;'), []);
});

Deno.test("the lint rules refuse an import against the flow", () => {
  assert.match(
    messages("/x/src/onnx/a.ts", 'import { x } from "../networks/mod.ts"; x;')[0],
    /comes before "networks"/,
  );
  assert.match(messages("/x/src/onnx/a.ts", 'export * from "../report/mod.ts";')[0], /comes before "report"/);
  assert.match(messages("/x/src/report/figures/a.ts", 'import "../../study/mod.ts";')[0], /comes before "study"/);
});

Deno.test("the lint rules refuse an import that goes past a mod.ts", () => {
  assert.match(
    messages("/x/src/networks/a.ts", 'import { x } from "../onnx/_schema.ts"; x;')[0],
    /through its mod\.ts/,
  );
});

Deno.test("the lint rules refuse files, clock, chance and console in a pure module", () => {
  const file = "/x/src/measures/a.ts";
  assert.match(messages(file, 'import { readFile } from "node:fs/promises"; readFile;')[0], /is pure/);
  for (const code of ["Math.random();", "Date.now();", "new Date();", 'console.log("x");', 'fetch("x");']) {
    assert.equal(messages(file, code).length, 1, code);
  }
  for (const module of ["study", "validation"]) {
    assert.equal(messages(`/x/src/${module}/a.ts`, "Math.random();").length, 1, module);
  }
});

Deno.test("the lint rules let other modules use files and clocks but never Deno", () => {
  const file = "/x/src/store/a.ts";
  assert.deepEqual(messages(file, 'import { readFile } from "node:fs/promises"; readFile; Date.now();'), []);
  assert.match(messages(file, "Deno.cwd();")[0], /outside Deno/);
});

Deno.test("the lint rules refuse what the oldest Node that is promised does not have", () => {
  assert.match(messages("/x/src/store/a.ts", "Map.groupBy([1], String);")[0], /Node 20 has no Map\.groupBy/);
});

Deno.test("the lint rules say nothing of files outside src", () => {
  assert.deepEqual(messages("/x/tasks/a.ts", "Deno.cwd(); Date.now();"), []);
});

Deno.test("the table of modules in CONTRIBUTING has the modules, their order and which are pure as the lint rules have them", async () => {
  const text = await readFile(new URL("../../CONTRIBUTING.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z]+)` .*\| +(yes)?¹? +\|$/gm)].map((
    [, name, pure],
  ) => [name, pure === "yes"]);
  assert.deepEqual(rows, MODULES.map((name) => [name, PURE.has(name)]));
  const folders = [...Deno.readDirSync(new URL("../../src/", import.meta.url))].filter(({ isDirectory }) =>
    isDirectory
  );
  assert.deepEqual(folders.map(({ name }) => name).sort(), [...MODULES].sort());
});
