import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pLimit from "p-limit";
import { Random } from "../../src/statistics/mod.ts";
import { type FetchOptions, fetchToStore, Store } from "../../src/store/mod.ts";
import { inFolder } from "../in_folder.ts";
import { faults } from "./faulty_server.ts";
import { type Behaviour, LoopbackServer, wellBehaved } from "./loopback_server.ts";

const CONTENT = Uint8Array.from({ length: 60_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");
const PIN = { bytes: CONTENT.length, sha256: SHA256 };
const FAULTS = faults(CONTENT), GOOD = wellBehaved(CONTENT);
const SLOWEST: FetchOptions = {
  delayMs: 1,
  stallMs: 300,
  leastRate: 1000,
  rateMs: 400,
  idleMs: 60,
  deadlineMs: 10_000,
};

/**
 * Asks a server that answers so in turn, and then as a good one does. Whatever came of it, the store holds nothing else than
 * the whole file, and the next run has it.
 *
 * @returns What went wrong; null where the whole file came.
 */
async function ask(answers: readonly Behaviour[]): Promise<string | null> {
  let told: string | null = null;
  await inFolder(async (folder) => {
    const rest = [...answers];
    await using server = new LoopbackServer((asked, answer) => (rest.shift() ?? GOOD)(asked, answer));
    const store = new Store(folder);
    const get = (): Promise<unknown> =>
      fetchToStore(store, { id: "net", url: `${server.url}/net.pth`, pin: PIN }, SLOWEST);
    await get().catch((error) => told = (error as Error).message);
    assert.deepEqual(await stored(store), told === null ? [SHA256] : [], told ?? "");
    rest.length = 0;
    await get();
    assert.deepEqual(await stored(store), [SHA256]);
    assert.deepEqual(new Uint8Array(await readFile(store.pathOf(SHA256))), CONTENT);
  });
  return told;
}

async function stored(store: Store): Promise<string[]> {
  const entries = await readdir(join(store.root, "sha256"), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** How a download ends that meets a fault once; null where it goes on to the whole file. */
const ENDS: Readonly<Record<string, RegExp | null>> = {
  "closes before it answers": null,
  "closes within its headers": null,
  "answers what is not HTTP": null,
  "closes after its headers": null,
  "closes in the middle": null,
  "goes quiet in the middle": null,
  "sends a few bytes at a time": null,
  "states a length that is too short": /^Cannot verify "net": expected 60000 bytes, got 30000$/,
  "states a length that is too long": /^Cannot verify "net": expected 60000 bytes, got 60009$/,
  "states no length and sends too little": null,
  "states no length and sends too much": /^Cannot verify "net": expected 60000 bytes, got 6\d+ or more$/,
  "breaks off in a chunk": null,
  "compresses what it says, and does not": null,
  "sends a changed byte": /^Cannot verify "net": expected sha256/,
  "continues with a changed byte": /^Cannot verify "net": expected sha256/,
  "continues elsewhere": null,
  "continues without saying where": null,
  "cannot continue": null,
  "fails": null,
  "is busy": null,
  "has too many requests": null,
  "has nothing there": /^Cannot fetch "net" from http.*: the server answered 404 Not Found$/,
  "sends a web page": /^Cannot fetch "net" from http.*: the server answered with a web page; expected a file$/,
  "sends a web page as a file": /^Cannot verify "net": expected 60000 bytes, got 36$/,
  "redirects to itself": null,
  "redirects to nowhere": /^Cannot fetch "net" from http.*/,
  "redirects to a file of this machine": /^Cannot fetch "net" from http.*/,
};

Deno.test("a download that meets a fault goes on to the whole file, or ends in one sentence, and keeps no other", async () => {
  assert.deepEqual(Object.keys(FAULTS).sort(), Object.keys(ENDS).sort());
  for (const [name, fault] of Object.entries(FAULTS)) {
    const told = await ask([fault]);
    if (ENDS[name] === null) assert.equal(told, null, name);
    else assert.match(told ?? "the whole file came", ENDS[name], name);
  }
});

Deno.test("faults in any order leave the whole file or one sentence, and the next run has the file", async () => {
  const random = new Random(7, "faults"), all = Object.values(FAULTS), limit = pLimit(8);
  // Each after a connection that broke, so that ranges are asked for; then as many as there may be.
  const after = all.map((fault) => [FAULTS["closes in the middle"], fault]);
  const drawn = Array.from(
    { length: 40 },
    () => Array.from({ length: 1 + random.integer(4) }, () => all[random.integer(all.length)]),
  );
  const outcomes = await Promise.all([...after, ...drawn].map((answers) => limit(() => ask(answers))));
  for (const told of outcomes) if (told !== null) assert.match(told, /^Cannot (fetch|verify) "net"[^\n]*$/);
  assert.ok(outcomes.includes(null) && outcomes.some((told) => told !== null));
});
