import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RequestError } from "../../src/errors.ts";
import { openOutputDirectory } from "../../src/reproduce/output_directory.ts";
import { ownName } from "../../src/store/mod.ts";
import { sentence } from "../../src/terminal/mod.ts";
import { inFolder } from "../in_folder.ts";
import { deadName } from "../store/dead_name.ts";
import { runCommand } from "../tasks/run_command.ts";

Deno.test("a run removes what runs that were killed left in its folder, and nothing of those that go on", () =>
  inFolder(async (folder) => {
    const parent = join(folder, "mini"), dead = await deadName();
    const others = [ownName(), "00000000-1-00000000", "of-nobody"];
    for (const name of [dead, ...others]) {
      await mkdir(join(parent, `.unfinished-${name}`), { recursive: true });
      await writeFile(join(parent, `.unfinished-${name}`, "results.json"), "{");
    }
    const { staging, discard } = await openOutputDirectory(folder, "mini");
    const left = (await readdir(parent)).sort();
    assert.deepEqual(left, [...others.map((name) => `.unfinished-${name}`), staging.slice(parent.length + 1)].sort());
    await discard();
    assert.equal((await readdir(parent)).length, others.length);
  }));

/** Runs a process that leaves something; its folder for temporary files is the given one. */
async function leave(what: string, folder: string): Promise<Deno.CommandStatus> {
  const script = fileURLToPath(new URL("./_leave_files.ts", import.meta.url));
  return await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, what, folder],
    env: { TMPDIR: folder, TMP: folder, TEMP: folder },
    stdin: "null",
    stderr: "inherit",
  }).output();
}

Deno.test("temporary folders of processes that were killed are removed by the next that makes one, and by the next run", () =>
  inFolder(async (folder) => {
    const dead = await deadName();
    const others = [
      `fusiform-images-${ownName()}`,
      "fusiform-images-00000000-1-00000000",
      "fusiform-of-nobody",
      `x-${dead}`,
    ];
    for (const name of others) await mkdir(join(folder, name));
    for (const next of ["images-whole", "run"]) {
      assert.equal((await leave("images", folder)).signal, "SIGKILL");
      const [left, ...more] = (await readdir(folder)).filter((name) => !others.includes(name));
      assert.match(left, /^fusiform-images-[0-9a-f]{8}-\d+-[0-9a-f]{8}$/);
      assert.deepEqual(more, []);
      assert.equal((await leave(next, folder)).code, 0);
      assert.deepEqual((await readdir(folder)).sort(), others.toSorted());
    }
  }));

Deno.test("a run that was moved aside by a process that was killed is put back, or removed where another took its place", () =>
  inFolder(async (folder) => {
    const parent = join(folder, "mini"), run = join(parent, "0.1.0-abc");
    await mkdir(parent);
    assert.equal((await leave("replacing", parent)).signal, "SIGKILL");
    const [aside] = (await readdir(parent)).filter((name) => name.startsWith(".replaced-0.1.0-abc-"));
    assert.deepEqual(await readdir(parent), [aside, ".unfinished-two"].sort());
    const going = `.replaced-0.1.0-abc-${ownName()}`;
    await mkdir(join(parent, going));
    await (await openOutputDirectory(folder, "mini")).discard();
    assert.deepEqual((await readdir(parent)).sort(), [going, ".unfinished-two", "0.1.0-abc"].sort());
    assert.equal(await readFile(join(run, "results.json"), "utf8"), "{}");
    await mkdir(join(parent, aside));
    await (await openOutputDirectory(folder, "mini")).discard();
    assert.deepEqual((await readdir(parent)).sort(), [going, ".unfinished-two", "0.1.0-abc"].sort());
    assert.equal(await readFile(join(run, "results.json"), "utf8"), "{}");
  }));

Deno.test("a folder that a report cannot be written into is refused in words, before anything is run", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await assert.rejects(openOutputDirectory(file, "mini"), (error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /^Cannot write a report into ".*mini": it is a file; expected a folder$/);
      return true;
    });
    // The superuser may write everywhere.
    if (Deno.build.os === "windows" || Deno.uid() === 0) return;
    const closed = join(folder, "closed");
    await mkdir(closed, { mode: 0o500 });
    await assert.rejects(openOutputDirectory(closed, "mini"), /it may not be written; expected a folder$/);
  }));

Deno.test("an empty path is refused by every command that writes to one", () =>
  inFolder(async (folder) => {
    const commands = [
      ["reproduce.ts", "--out", ""],
      ["reproduce.ts", "--root", " "],
      ["report.ts", folder, "--out", ""],
      ["pages.ts", "--out", ""],
      ["pages.ts", "--from", ""],
      ["fetch.ts", "--root", ""],
      ["lock.ts", "--root", "", "list"],
    ];
    await Promise.all(commands.map(async ([file, ...args]) => {
      const { code, error } = await runCommand(file, args);
      assert.equal(code, 2, `${file} ${args.join(" ")}: ${error}`);
      assert.match(error, /Expected a path; it is empty/);
    }));
  }));

Deno.test("a disk without space and a closed folder are told in words, with the path", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write '/x/y'"), { code: "ENOSPC" });
  assert.match(sentence(full), /^Cannot go on with "\/x\/y": there is no space left on the disk$/);
  const denied = Object.assign(new Error("EACCES: permission denied, open '/x/y'"), { code: "EACCES" });
  assert.equal(sentence(denied), 'Cannot go on with "/x/y": it may not be read or written');
  assert.equal(sentence(new Error("EACCES in a name")), "EACCES in a name");
});
