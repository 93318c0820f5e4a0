import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "../in_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Rows of every kind that take next to no time. */
const ROWS = "equivalence-none,false-share,error-rate-shared";

async function calibrate(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "tasks/calibrate.ts", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", XDG_RUNTIME_DIR: "/tmp" },
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}

/** The one file of saved simulations in a folder, its lines in an order that does not depend on threads. */
async function savedIn(folder: string): Promise<{ path: string; lines: string[] }> {
  const [name, ...more] = await readdir(folder);
  assert.deepEqual(more, []);
  const path = join(folder, name);
  return { path, lines: (await readFile(path, "utf8")).trim().split("\n").sort() };
}

Deno.test("deno task calibrate writes the numbers and the table of what it simulated, the same on any number of threads", async () => {
  await inFolder(async (folder) => {
    const numbers: string[] = [];
    for (const threads of [1, 2, 4]) {
      const file = join(folder, `${threads}`, "calibration.json");
      const flags = ["--rows", ROWS, "--simulations", "4", "--seed", "3", "--threads", `${threads}`];
      const { code, out, error } = await calibrate(
        ...flags,
        "--saved",
        join(folder, `saved ${threads}`),
        "--out",
        file,
      );
      assert.equal(code, 0, error);
      assert.match(error, /simulating false-share \(3 of 3\)\n/);
      assert.match(error, /equivalence-none: [\d.]+ s a simulation/);
      assert.match(error, /these rows take \d+ min with all simulations that they need/);
      numbers.push(await readFile(file, "utf8"));
      const table = await readFile(join(folder, `${threads}`, "calibration.md"), "utf8");
      assert.equal(out, table + "\n");
      assert.doesNotMatch(table, /NaN|undefined/);
    }
    assert.deepEqual(numbers.slice(1), [numbers[0], numbers[0]]);
    const { seed, rows } = JSON.parse(numbers[0]);
    assert.equal(seed, 3);
    assert.deepEqual(rows.map(({ id, simulations }: { id: string; simulations: number }) => [id, simulations]), [
      ["equivalence-none", 4],
      ["error-rate-shared", 4],
      ["false-share", 4],
    ]);
  });
});

Deno.test("deno task calibrate goes on where it was killed, also in the middle of a line", async () => {
  await inFolder(async (folder) => {
    const saved = join(folder, "saved");
    const run = (simulations: number) =>
      calibrate("--rows", "false-share", "--simulations", `${simulations}`, "--saved", saved);
    const whole = await run(6);
    assert.equal(whole.code, 0, whole.error);
    const { path, lines } = await savedIn(saved);
    assert.equal(lines.length, 6);
    const text = await readFile(path, "utf8");
    const kept = text.split("\n").slice(0, 3).join("\n");
    // A number that no simulation gives shows that what is saved is not simulated again.
    await writeFile(path, `${kept}\n${text.split("\n")[3].slice(0, 20)}`);
    const again = await run(6);
    assert.equal(again.out, whole.out);
    const found = (await readFile(path, "utf8")).trim().split("\n");
    assert.equal(found.length, 7);
    assert.deepEqual(found.filter((line) => line.endsWith("}")).sort(), lines);
    const changed = text.replace(/"conjunction-max, share found":[\d.]+/g, '"conjunction-max, share found":0.25');
    await writeFile(path, changed);
    const trusted = await run(6);
    assert.match(trusted.out, /\| conjunction-max, share found \| 6 \| 25\.0 % ± 0\.0 % \|/);
    assert.doesNotMatch(trusted.error, /simulating/);
    const more = await run(7);
    assert.match(more.error, /simulating false-share/);
    assert.equal((await savedIn(saved)).lines.length, 7);
  });
});

Deno.test("deno task calibrate refuses a wrong flag in one sentence, with exit status 2, and writes nothing", async () => {
  await inFolder(async (folder) => {
    const out = join(folder, "calibration.json");
    for (
      const [args, message] of [
        [
          ["--simulations", "0"],
          /option '--simulations <n>' argument '0' is invalid\. Expected a whole number from 1\./,
        ],
        [["--seed", "one"], /option '--seed <n>' argument 'one' is invalid\. Expected a whole number from 0/],
        [["--rows", "power,powers"], /^error: Unknown row: "powers"\. Should be one of: coverage-normal-0\.3, /],
        [["--bogus"], /unknown option '--bogus'/],
      ] as const
    ) {
      const { code, error } = await calibrate(...args, "--out", out, "--saved", join(folder, "saved"));
      assert.equal(code, 2, error);
      assert.match(error, message);
    }
    assert.deepEqual(await readdir(folder), []);
  });
});
