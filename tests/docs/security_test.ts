import assert from "node:assert/strict";
import { PARSERS } from "../../tasks/fuzz/parsers.ts";
import { faults } from "../store/faulty_server.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("every promise of SECURITY.md names tests that there are, and every test of hostile files is named", async () => {
  const text = await Deno.readTextFile(new URL("SECURITY.md", ROOT));
  const rows = text.split("\n").filter((line) => line.startsWith("|")).slice(2);
  assert.ok(rows.length > 10);
  const cited = new Set<string>();
  for (const row of rows) {
    const paths = [...row.split("|").at(-2)!.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    assert.ok(paths.length > 0, `no test holds: ${row}`);
    for (const path of paths) {
      assert.match(path, /^tests\/.*_test\.ts$/);
      assert.ok((await Deno.stat(new URL(path, ROOT))).isFile, path);
      cited.add(path);
    }
  }
  for await (const { name } of Deno.readDir(new URL("tests/hostile/", ROOT))) {
    if (name.endsWith("_test.ts")) assert.ok(cited.has(`tests/hostile/${name}`), `${name} holds no promise`);
  }
});

Deno.test("the numbers of SECURITY.md are those of the tests", async () => {
  const text = await Deno.readTextFile(new URL("SECURITY.md", ROOT));
  assert.equal(PARSERS.length, 21);
  assert.match(text, /files of twenty-one kinds/);
  assert.equal(Object.keys(faults(new Uint8Array(8))).length, 27);
  assert.match(text, /Twenty-seven faults/);
});
