import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { openDevice } from "../../src/devices/mod.ts";
import { describeRecording, RecordingStore, recordNetwork } from "../../src/recording/mod.ts";
import { request } from "../recording/record_fixtures.ts";

const TASK = fileURLToPath(new URL("../../tasks/store.ts", import.meta.url));
const cpu = await openDevice("cpu", { threads: 1 });

async function run(cache: string, ...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=store", "--no-check", "--no-prompt", TASK, ...args],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { FUSIFORM_CACHE: cache, NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}

Deno.test("deno task store lists what is kept and prunes to a limit, with its own permissions alone", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const empty = await run(cache);
    assert.equal(empty.code, 0, empty.error);
    assert.equal(empty.out, `0 recordings, 0 B of 10.7 GB in ${cache}/recordings\n`);

    const store = new RecordingStore(`${cache}/recordings`);
    const asked = { ...request(cpu), to: store };
    for (const seed of [0, 1]) await (await recordNetwork({ ...asked, seed, label: `net-${seed}` })).close();
    const past = new Date("2025-01-02T03:04:05Z");
    const { key, bytes } = describeRecording({ ...asked, seed: 0, label: "net-0" });
    await Deno.utime(store.pathOf(key), past, past);

    const used = await run(cache, "prune", "--limit", "0");
    assert.match(used.out, /^removed 0 recordings, 0 B; 2 recordings, 185\.\d kB left in /m);
    await store.close();

    const listed = await run(cache, "list");
    const [newest, oldest, sum] = listed.out.split("\n");
    assert.match(newest, /^[0-9a-f]{12} +\d\d\.\d kB {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}net-1$/);
    assert.match(oldest, new RegExp(`^${key.slice(0, 12)} .* kB  2025-01-02 03:04  net-0$`));
    assert.match(sum, /^2 recordings, 185\.\d kB of 10\.7 GB in /);
    const json = JSON.parse((await run(cache, "list", "--json")).out);
    assert.deepEqual([json[1].key, json[1].bytes, json[1].inUse], [key, bytes, false]);

    const pruned = await run(cache, "prune", "--limit", "100KB");
    assert.equal(pruned.code, 0, pruned.error);
    assert.match(
      pruned.out,
      /^removed [0-9a-f]{12} .* net-0\nremoved 1 recording, 92\.\d kB; 1 recording, 92\.\d kB left/,
    );
    const kept = await run(cache, "prune");
    assert.match(kept.out, /^removed 0 recordings, 0 B; 1 recording, /);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("deno task store refuses what it does not know with status 2", async () => {
  const cache = await Deno.makeTempDir();
  for (const args of [["prune", "--limit", "much"], ["prune", "--limit", "5XB"], ["sell"], ["--all"]]) {
    const { code, error } = await run(cache, ...args);
    assert.equal(code, 2, error);
    assert.match(error, /error: .*/);
  }
  await Deno.remove(cache, { recursive: true });
});
