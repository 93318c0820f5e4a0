import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openDevice } from "../../src/devices/mod.ts";
import { recordNetwork } from "../../src/recording/mod.ts";
import { Random } from "../../src/statistics/mod.ts";
import { fetchToStore, Store } from "../../src/store/mod.ts";
import { runScript, SOURCES } from "../devices/run_script.ts";
import { inFolder } from "../in_folder.ts";
import { allLayers, manyImages, request } from "../recording/record_fixtures.ts";
import { type Behaviour, LoopbackServer, wellBehaved } from "../store/loopback_server.ts";

/** Rounds of processes that want the same file at once and are all killed: 40 kills of the store, 10 of recordings. */
const ROUNDS = 8, RIVALS = 5, RECORDING_ROUNDS = 5, RECORDING_RIVALS = 2;
const LENGTH = 50_000;

/** Content of a round's file. */
const contentOf = (round: number): Uint8Array => Uint8Array.from({ length: LENGTH }, (_, i) => (i * 7 + round) & 255);

/** A good server that takes its time, so that there are moments to die at. */
const slowly: Behaviour = (asked, answer) => {
  const good = wellBehaved(contentOf(Number(asked.path.slice(1))));
  return good(asked, {
    ...answer,
    async body(bytes) {
      for (let at = 0; at < bytes.length; at += 5000) {
        await answer.body(bytes.subarray(at, at + 5000));
        await sleep(5);
      }
    },
  });
};

/** Everything under its hash has it; every record is one. */
async function storeIsWhole(store: Store, url: (round: number) => string, rounds: number): Promise<void> {
  const entries = await readdir(join(store.root, "sha256"), { recursive: true, withFileTypes: true }).catch(() => []);
  for (const { name, parentPath } of entries.filter((entry) => entry.isFile())) {
    assert.equal(createHash("sha256").update(await readFile(join(parentPath, name))).digest("hex"), name);
  }
  for (let round = 0; round < rounds; round++) await store.recorded(url(round));
}

Deno.test("forty processes that are killed while they race for files leave no wrong file, and the next has each", () =>
  inFolder(async (folder) => {
    await using server = new LoopbackServer(slowly);
    const store = new Store(folder), random = new Random(5, "kills");
    const url = (round: number): string => `${server.url}/${round}`;
    let left = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const content = contentOf(round), sha256 = createHash("sha256").update(content).digest("hex");
      // Every other file is pinned by nothing, so that it has to be recorded.
      const pinned = round % 2 === 0;
      const killed = await Promise.all(Array.from({ length: RIVALS }, async (_, rival) => {
        const moment = rival % 2 === 0
          ? ["bytes", String(random.integer(LENGTH))]
          : ["ms", String(1 + random.integer(150))];
        const { signal } = await new Deno.Command(Deno.execPath(), {
          args: [
            ...["run", "-A", "--no-check", fileURLToPath(new URL("./_fetch_until_killed.ts", import.meta.url))],
            ...[folder, url(round), pinned ? sha256 : "", String(LENGTH), ...moment],
          ],
          stdin: "null",
          stderr: "inherit",
        }).output();
        return signal;
      }));
      assert.deepEqual(killed, Array(RIVALS).fill("SIGKILL"));
      await storeIsWhole(store, url, round + 1);
      left += (await readdir(store.partial).catch(() => [])).length;
      const pin = pinned ? { sha256, bytes: LENGTH } : {};
      const target = { id: "file", url: url(round), pin };
      const fetched = await fetchToStore(store, target, { allowUnpinned: true, idleMs: 100, delayMs: 1 });
      assert.equal(fetched.sha256, sha256);
    }
    await storeIsWhole(store, url, ROUNDS);
    assert.ok(left > 0, "nobody was killed in the middle of a download");
  }));

Deno.test("ten processes that are killed while they race for a recording leave none that is wrong, and it has the same bytes", () =>
  inFolder(async (folder) => {
    const path = join(folder, "raced.recording"), undisturbed = join(folder, "undisturbed.recording");
    const asked = {
      ...request(await openDevice("cpu", { threads: 1 }), { images: manyImages() }),
      batch: 3,
      sampledUnits: 40,
    };
    await (await recordNetwork({ ...asked, to: undisturbed })).close();
    const expected = await readFile(undisturbed), random = new Random(5, "recordings");
    const fixtures = new URL("../recording/record_fixtures.ts", import.meta.url).href;
    const script = `
      import process from "node:process";
      import { openDevice } from "${SOURCES}devices/mod.ts";
      import { recordNetwork } from "${SOURCES}recording/mod.ts";
      import { manyImages, request } from "${fixtures}";
      const die = () => process.kill(process.pid, "SIGKILL");
      const asked = request(await openDevice("cpu", { threads: 1 }), { images: manyImages() });
      let loads = 0;
      const load = async (i) => {
        if (loads++ >= Number(Deno.args[1])) die();
        await new Promise((resolve) => setTimeout(resolve, 3));
        return await asked.load(i);
      };
      // One that waits for the other dies waiting.
      setTimeout(die, 3000);
      await recordNetwork({ ...asked, load, batch: 3, sampledUnits: 40, to: Deno.args[0] });
      die();
    `;
    for (let round = 0; round < RECORDING_ROUNDS; round++) {
      const rivals = Array.from({ length: RECORDING_RIVALS }, () => String(random.integer(12)));
      const results = await Promise.all(rivals.map((loads) => runScript(script, [path, loads])));
      for (const { success, stderr } of results) assert.deepEqual([success, stderr], [false, ""]);
      const there = await readFile(path).catch(() => null);
      if (there !== null) assert.deepEqual(there, expected);
    }
    const recording = await recordNetwork({ ...asked, to: path });
    assert.ok(recording.groups.found > 0, "nobody was killed in the middle of a recording");
    await allLayers(recording);
    await recording.close();
    assert.deepEqual(await readFile(path), expected);
  }));
