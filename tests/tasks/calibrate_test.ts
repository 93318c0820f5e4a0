import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

async function calibrate(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "tasks/calibrate.ts", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", XDG_RUNTIME_DIR: "/tmp" },
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}

interface Covered {
  readonly measure: string;
  readonly coverage: { readonly of: number };
}

Deno.test("deno task calibrate writes the numbers and the table of what it simulated", async () => {
  const dir = await mkdtemp(join(tmpdir(), "calibrate-"));
  try {
    const file = join(dir, "new", "calibration.json");
    const { code, out, error } = await calibrate("--simulations", "2", "--seed", "3", "--out", file);
    assert.equal(code, 0, error);
    assert.match(error, /layer, 1 % selective 100 %/);
    const found = JSON.parse(await readFile(file, "utf8"));
    assert.deepEqual(found.settings, { simulations: 2, seed: 3 });
    assert.ok(found.layers.every(({ coverage }: Covered) => coverage.of > 0 && coverage.of <= 2));
    const measures = new Set(found.layers.map(({ measure }: Covered) => measure));
    for (const measure of ["specificity.dprime", "proportion", "localization.within.entropy", "strength.margin"]) {
      assert.ok(measures.has(measure));
    }
    const table = await readFile(join(dir, "new", "calibration.md"), "utf8");
    assert.equal(out, table + "\n");
    for (
      const part of [
        "Error rates under pure noise",
        "False discoveries",
        "held out and circular",
        "consistency",
        "differences",
      ]
    ) {
      assert.ok(table.includes(part), part);
    }
    assert.doesNotMatch(table, /NaN|undefined/);
  } finally {
    await rm(dir, { recursive: true });
  }
});

Deno.test("deno task calibrate refuses a wrong flag in one sentence, with exit status 2, and writes nothing", async () => {
  const dir = await mkdtemp(join(tmpdir(), "calibrate-"));
  try {
    const out = join(dir, "calibration.json");
    for (
      const [args, message] of [
        [
          ["--simulations", "1"],
          /option '--simulations <n>' argument '1' is invalid\. Expected a whole number from 2\./,
        ],
        [["--seed", "one"], /option '--seed <n>' argument 'one' is invalid\. Expected a whole number from 0\./],
        [["--bogus"], /unknown option '--bogus'/],
      ] as const
    ) {
      const { code, error } = await calibrate(...args, "--out", out);
      assert.equal(code, 2);
      assert.match(error, message);
    }
    assert.deepEqual(await readdir(dir), []);
  } finally {
    await rm(dir, { recursive: true });
  }
});
