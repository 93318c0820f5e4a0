import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { ownerRuns, ownName, PartFile } from "../../src/store/mod.ts";
import { inFolder } from "../in_folder.ts";
import { deadName } from "./dead_name.ts";

/** Claims the part of `file` in a directory; an owner that cannot be known counts as dead after half a second. */
function claim(dir: string, options: Partial<Parameters<typeof PartFile.claim>[0]> = {}): Promise<PartFile | null> {
  return PartFile.claim({ dir, key: "file", idleMs: 500, finished: () => Promise.resolve(false), ...options });
}

Deno.test("ownerRuns() tells a process that runs from one that has ended, and knows nothing of other machines", async () => {
  assert.notEqual(ownName(), ownName());
  assert.equal(ownerRuns(ownName()), true);
  assert.equal(ownerRuns(await deadName()), false);
  for (const name of ["00000000-1-00000000", "idle", "00000000", ""]) assert.equal(ownerRuns(name), null, name);
});

Deno.test("PartFile.claim() takes over at once what a dead process left, and waits for one that cannot be known", () =>
  inFolder(async (dir) => {
    for (const [name, slow] of [[await deadName(), false], ["00000000-1-00000000", true]] as const) {
      await Deno.writeTextFile(`${dir}/file.${name}.part`, "half");
      const waits: string[] = [];
      const started = performance.now();
      const part = await claim(dir, { onWait: () => waits.push(name) });
      assert.equal(performance.now() - started >= 500, slow);
      assert.deepEqual(waits, slow ? [name] : []);
      assert.equal(await Deno.readTextFile(part!.path), "half");
      await part!.discard();
      assert.deepEqual(await Array.fromAsync(Deno.readDir(dir)), []);
    }
  }));

Deno.test("PartFile.claim() waits for a process that runs until the file is finished", () =>
  inFolder(async (dir) => {
    const part = await claim(dir);
    // Nobody touches it, but its owner, this process, runs.
    const past = new Date(Date.now() - 120_000);
    await Deno.utime(part!.path, past, past);
    let looks = 0;
    assert.equal(await claim(dir, { finished: () => Promise.resolve(++looks > 2) }), null);
    await assert.rejects(claim(dir, { signal: AbortSignal.timeout(50) }), /timed out|aborted/i);
    await part!.release();
    const next = await claim(dir);
    assert.equal(part!.lost, false);
    await next!.discard();
  }));

Deno.test("PartFile.claim() leaves parts of files with longer names alone", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/file.tar.idle.part`, "another file's");
    const part = await claim(dir);
    assert.equal(await Deno.readTextFile(part!.path), "");
    await part!.discard();
    assert.equal(await Deno.readTextFile(`${dir}/file.tar.idle.part`), "another file's");
  }));

Deno.test("PartFile.claim() at the same moment gives the part to one alone", () =>
  inFolder(async (dir) => {
    for (let round = 0; round < 40; round++) {
      const key = `file${round}`;
      let owners = 0;
      const claims = Array.from({ length: 3 }, async (_, i) => {
        await sleep(Math.random() * 2 * i);
        const part = await claim(dir, { key, idleMs: 100, finished: () => Promise.resolve(owners > 0) });
        if (part !== null) owners++;
        return part;
      });
      const parts = await Promise.all(claims);
      assert.equal(owners, 1);
      await parts.find((part) => part !== null)!.discard();
    }
  }));
