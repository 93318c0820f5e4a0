import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import { type EncoderEntry, formatModelsLock, formatStimuliLock, type ModelEntry } from "../../src/lock/mod.ts";
import { setHash } from "../../src/stimuli/mod.ts";
import { type Behaviour, LoopbackServer, wellBehaved } from "../store/loopback_server.ts";

const FETCH = fileURLToPath(new URL("../../tasks/fetch.ts", import.meta.url));
const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** It begins as an archive does: what nothing pins has to look like weights. */
const NET = Uint8Array.from({ length: 400_000 }, (_, i) => i < 4 ? [0x50, 0x4b, 3, 4][i] : (i * 31) & 255);
const READER = { weights: NET.subarray(0, 50_000), vocabulary: NET.subarray(0, 500) };
const IMAGES = new Map(
  ["adult", "house"].flatMap((folder, f) =>
    [1, 2, 3, 4].map((i): [string, Uint8Array] => [
      `${folder}/${i}.png`,
      encode({ width: 1, height: 1, channels: 1, depth: 8, data: Uint8Array.of(i + 10 * f) }),
    ])
  ),
);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function encoder(): EncoderEntry {
  const file = (name: keyof typeof READER) => ({
    url: `https://example.org/reader/${name}`,
    bytes: READER[name].length,
    sha256: sha256(READER[name]),
  });
  return {
    id: "reader",
    title: "Reader",
    repository: "somebody/reader",
    revision: "1".repeat(40),
    files: { weights: file("weights"), vocabulary: file("vocabulary") },
    heads: 12,
    tokens: 256,
    status: "official",
    evidence: [],
    licence: null,
    references: [],
  };
}

function entry(id: string, fields: Partial<ModelEntry>): ModelEntry {
  return {
    id,
    family: id,
    title: id,
    supervision: "vision",
    role: "labels alone",
    architecture: "resnet50",
    format: "pytorch",
    source: { url: `https://example.org/${id}.pth` },
    status: "official",
    evidence: [],
    licence: null,
    trainingData: "images",
    language: "none",
    preprocessing: { resize: 256, crop: 224, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] },
    doi: null,
    bibtex: null,
    ...fields,
  };
}

async function writeLocks(root: string): Promise<void> {
  const pins = [...IMAGES].map(([id, bytes]) => ({ id, sha256: sha256(bytes) }));
  const models = [
    entry("net", { bytes: NET.length, sha256: sha256(NET) }),
    entry("other", { sha256: "0".repeat(64) }),
    entry("loose", { status: "none" }),
  ];
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "models.lock.json"), formatModelsLock({ version: 1, models, encoders: [encoder()] }));
  await writeFile(
    join(root, "stimuli.lock.json"),
    formatStimuliLock({
      version: 1,
      sets: [{
        id: "photos",
        kind: "files",
        title: "Photos",
        images: pins.length,
        sha256: setHash(pins),
        source: "example.org",
        licence: null,
        citation: null,
        doi: null,
        bibtex: null,
        redistributable: false,
        url: "https://example.org/photos/",
        commit: "1".repeat(40),
        root: "photos",
        bytes: 1,
        files: pins.map(({ id, sha256 }) => `${id} ${sha256}`),
      }],
    }),
  );
}

/** Everything that the locks pin; `slow` bytes of the network a hundredth of a second apart. */
function mirror({ slow = 0 } = {}): Behaviour {
  return async (asked, answer) => {
    const image = IMAGES.get(asked.path.replace("/example.org/photos/", ""));
    if (image !== undefined) return await wellBehaved(image)(asked, answer);
    const part = /\/reader\/(weights|vocabulary)$/.exec(asked.path)?.[1] as keyof typeof READER | undefined;
    if (part !== undefined) return await wellBehaved(READER[part])(asked, answer);
    if (asked.path.endsWith("other.pth")) return await answer.head(404, { "content-length": 0 });
    if (slow === 0) return await wellBehaved(NET)(asked, answer);
    await wellBehaved(NET)(asked, {
      head: answer.head,
      async body(bytes) {
        for (let i = 0; i < bytes.length; i += slow) {
          await answer.body(bytes.subarray(i, i + slow));
          await sleep(10);
        }
      },
    });
  };
}

interface Place {
  readonly server: LoopbackServer;
  readonly cache: string;
  start(...args: string[]): Deno.ChildProcess;
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>;
}

async function withMirror(behaviour: Behaviour, use: (place: Place) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "fusiform-fetch-"));
  try {
    await using server = new LoopbackServer(behaviour);
    const [root, cache] = [join(dir, "root"), join(dir, "cache")];
    await writeLocks(root);
    const start = (...args: string[]): Deno.ChildProcess =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", FETCH, "--root", root, "--mirror", server.url, ...args],
        cwd: PROJECT,
        env: { FUSIFORM_CACHE: cache, NO_COLOR: "1" },
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await start(...args).output();
      return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
    };
    await use({ server, cache, start, run });
  } finally {
    await rm(dir, { recursive: true });
  }
}

const stored = (cache: string): string => join(cache, "sha256", sha256(NET).slice(0, 2), sha256(NET));

Deno.test("fetch downloads networks and images, then finds them intact, then names what differs", async () => {
  await withMirror(mirror(), async ({ cache, server, run }) => {
    const fetched = await run("net", "photos");
    assert.equal(fetched.err.replace(/^fetching .*\n/gm, ""), "");
    assert.equal(fetched.code, 0);
    assert.match(fetched.out, new RegExp(`^net: 400\\.0 kB, sha256 ${sha256(NET)} \\(official\\)$`, "m"));
    assert.match(fetched.out, /^photos: 8 images, sha256 [0-9a-f]{64}$/m);
    assert.equal(server.asked.length, 9);
    const checked = await run("net", "photos", "--check");
    assert.equal(checked.code, 0);
    assert.match(checked.out, /^intact {2}net: official [0-9a-f]{64}\nintact {2}photos: 8 of 8 files$/m);
    await writeFile(stored(cache), "decayed");
    const decayed = await run("--check");
    assert.equal(decayed.code, 1);
    assert.match(decayed.out, /^differs net: Cannot verify "net": expected sha256 .*, got /m);
    assert.match(decayed.out, /^absent {2}other: official$/m);
    assert.equal(server.asked.length, 9);
  });
});

Deno.test("fetch goes on after a failure and leaves with 1; a request that is wrong leaves with 2", async () => {
  await withMirror(mirror(), async ({ cache, run }) => {
    const mixed = await run();
    assert.equal(mixed.code, 1);
    assert.match(mixed.err, /error: Cannot fetch "other" from http.*: the server answered 404 Not Found/);
    assert.match(mixed.out, /^net: /m);
    assert.match(mixed.out, /left out, because nothing pins them: loose \(--allow-unpinned fetches them\)/);
    assert.deepEqual(await readdir(join(cache, "partial")), []);
    const loose = await run("loose");
    assert.deepEqual([loose.code, loose.out], [2, ""]);
    assert.match(loose.err, /^error: Cannot fetch "loose": no hash is published for it; pass --allow-unpinned/m);
    assert.equal((await run("loose", "--allow-unpinned")).code, 0);
    assert.equal((await run("loose", "--check")).code, 0);
    const unknown = await run("nothing");
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.err,
      /^error: Cannot fetch "nothing": no lock has it\. Should be one of: net, other, loose, reader, photos$/m,
    );
    const flag = await run("--jobs", "0");
    assert.equal(flag.code, 2);
    assert.match(flag.err, /^error: .*--jobs.*Expected a whole number from 1 to 99/m);
  });
});

Deno.test("fetch downloads the files of a text encoder, finds them intact, and names the one that differs", async () => {
  await withMirror(mirror(), async ({ cache, server, run }) => {
    const [weights, vocabulary] = [sha256(READER.weights), sha256(READER.vocabulary)];
    const absent = await run("reader", "--check");
    assert.equal(absent.code, 1);
    assert.match(absent.out, /^absent {2}reader\/weights: official\nabsent {2}reader\/vocabulary: official$/m);
    const fetched = await run("reader");
    assert.deepEqual([fetched.code, fetched.out.trim()], [
      0,
      `reader: 50.5 kB, sha256 ${weights} and ${vocabulary} (official)`,
    ]);
    assert.deepEqual(server.asked.map(({ path }) => path).sort(), [
      "/example.org/reader/vocabulary",
      "/example.org/reader/weights",
    ]);
    assert.equal((await run("reader", "--check")).code, 0);
    await writeFile(join(cache, "sha256", vocabulary.slice(0, 2), vocabulary), "decayed");
    const decayed = await run("reader", "--check");
    assert.equal(decayed.code, 1);
    assert.match(decayed.out, /^intact {2}reader\/weights: official /m);
    assert.match(decayed.out, /^differs reader\/vocabulary: Cannot verify "reader\/vocabulary": expected sha256 /m);
    assert.equal((await run("reader", "--quiet")).code, 0);
    assert.equal(server.asked.length, 3);
  });
});

Deno.test("fetch continues what a killed fetch left", async () => {
  await withMirror(mirror({ slow: 4000 }), async ({ cache, server, start, run }) => {
    const killed = start("net", "--quiet");
    while (server.asked.length === 0) await sleep(20);
    await sleep(300);
    killed.kill("SIGKILL");
    await killed.output();
    const again = await run("net", "--quiet");
    assert.deepEqual([again.code, again.err], [0, ""]);
    assert.match(server.asked.at(-1)?.range ?? "", /^bytes=[1-9]\d*-$/);
    assert.deepEqual(new Uint8Array(await readFile(stored(cache))), NET);
  });
});

Deno.test("fetch in two processes at once gives one whole file", async () => {
  await withMirror(mirror({ slow: 20_000 }), async ({ cache, run }) => {
    const both = await Promise.all([run("net"), run("net")]);
    assert.deepEqual(both.map(({ code }) => code), [0, 0]);
    assert.deepEqual(new Uint8Array(await readFile(stored(cache))), NET);
    assert.deepEqual(await readdir(join(cache, "partial")), []);
  });
});

Deno.test({
  name: "fetch that is interrupted ends with 130 and one sentence, and continues where it stopped",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withMirror(mirror({ slow: 2000 }), async ({ cache, server, start, run }) => {
      const interrupted = start("net", "--quiet");
      while (server.asked.length === 0) await sleep(20);
      await sleep(300);
      const asked = performance.now();
      interrupted.kill("SIGINT");
      const { code, stderr } = await interrupted.output();
      assert.ok(performance.now() - asked < 4000);
      const sentence = "interrupted; run the command again to continue where it stopped\n";
      assert.deepEqual([code, new TextDecoder().decode(stderr)], [130, sentence]);
      const again = await run("net", "--quiet");
      assert.deepEqual([again.code, again.err], [0, ""]);
      assert.match(server.asked.at(-1)?.range ?? "", /^bytes=[1-9]\d*-$/);
      assert.deepEqual(new Uint8Array(await readFile(stored(cache))), NET);
    });
  },
});
