import assert from "node:assert/strict";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { needlessOf } from "../../tasks/terminal/give_up.ts";
import { inFolder } from "../in_folder.ts";
import { network, RECIPE, writeImages } from "../planted_onnx.ts";

/** What a set of `deno.json` allows. */
type PermissionSet = Readonly<Record<string, boolean | readonly string[]>>;

const SETS = config.permissions as unknown as Readonly<Record<string, PermissionSet>>;

/** A permission that was asked for, as Deno writes it down. */
interface Asked {
  readonly permission: string;
  readonly value: string | null;
}

/** Runs a task with its own set, and gives what it asked for. */
async function audit(set: string, args: readonly string[], folder: string): Promise<Asked[]> {
  const log = join(folder, `${set}-${crypto.randomUUID()}.jsonl`);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", `-P=${set}`, ...args],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1", DENO_AUDIT_PERMISSIONS: log, FUSIFORM_CACHE: join(folder, "cache") },
    stdin: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const lines = (await Deno.readTextFile(log)).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Asked);
}

/** Refuses what a set does not name; a set that names everything of a kind would hide it. */
function holdsTo(set: string, asked: readonly Asked[]): void {
  for (const { permission, value } of asked) {
    // The threads of onnxruntime-web ask for the whole environment, are refused, and go on with what they get.
    if (permission === "env" && value === null) continue;
    const allowed = SETS[set][permission];
    assert.ok(
      allowed === true || (Array.isArray(allowed) && allowed.includes(value)),
      `${set} asks for ${permission} ${value}`,
    );
  }
}

const kindsOf = (asked: readonly Asked[]): string[] => [...new Set(asked.map(({ permission }) => permission))].sort();

Deno.test("each set names its environment, and only the tasks that download have the network", () => {
  for (const [name, set] of Object.entries(SETS)) {
    assert.ok(Array.isArray(set.env) && set.env.length > 0, `${name} names no variables`);
    assert.ok(set.sys === undefined || Array.isArray(set.sys), name);
    assert.ok(set.run === undefined || (Array.isArray(set.run) && set.run.join() === "ps"), name);
  }
  assert.deepEqual(Object.keys(SETS).filter((name) => "net" in SETS[name]).sort(), ["fetch", "reproduce"]);
  for (const kind of ["net", "ffi", "sys", "run"]) assert.ok(!(kind in SETS.report), kind);
  const { test } = config.tasks;
  assert.ok(!/ -A| --allow-all/.test(test.command) && test.command.includes("--allow-net=127.0.0.1"), test.command);
});

Deno.test("every set that a task names is there, and SECURITY.md names the tasks that have the network", async () => {
  const tasks = Object.entries(config.tasks).map(([name, { command }]) => ({ name, command }));
  const online = tasks.filter(({ name, command }) => {
    const sets = [...command.matchAll(/ -P(?:=(\S+))?/g)].map(([, set]) => set);
    for (const set of sets) assert.ok(Object.hasOwn(SETS, set ?? ""), `${name} has the set ${set}`);
    return sets.some((set) => "net" in SETS[set]);
  });
  const text = await Deno.readTextFile(new URL("../../SECURITY.md", import.meta.url));
  const [, named] = /Only ([^.]+) may use the network/.exec(text)!;
  const names = [...named.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  assert.deepEqual(online.map(({ name }) => name).sort(), names.sort());
  // Beside the sets, only the tests may reach this machine.
  assert.deepEqual(tasks.filter(({ command }) => /--allow-(net|all)| -A/.test(command)).map(({ name }) => name), [
    "test",
  ]);
});

Deno.test("needlessOf() gives the network back offline, and native code with WebAssembly", () => {
  assert.deepEqual(needlessOf([]), []);
  assert.deepEqual(needlessOf(["mini", "--offline"]), ["net"]);
  assert.deepEqual(needlessOf(["--device", "wasm"]), ["ffi"]);
  assert.deepEqual(needlessOf(["--device=wasm", "--offline"]), ["net", "ffi"]);
  assert.deepEqual(needlessOf(["--device=wasm", "--device", "cpu"]), []);
});

Deno.test("tasks ask for nothing that their set does not name, and for less where flags make it needless", () =>
  inFolder(async (folder) => {
    const images = join(folder, "images"), path = join(folder, "net.onnx"), out = join(folder, "out");
    await writeImages(images);
    await Deno.writeFile(path, network(0, 60));
    const own = ["--network", path, "--preprocessing", JSON.stringify(RECIPE), "--stimuli", images];
    const run = ["tasks/reproduce.ts", ...own, "--device", "wasm", "--offline", "--fast", "--quiet", "--out", out];
    const analysed = async (): Promise<void> => {
      const recorded = await audit("reproduce", run, folder);
      holdsTo("reproduce", recorded);
      assert.deepEqual(kindsOf(recorded), ["env", "read", "sys", "write"]);
      const [id] = await Array.fromAsync(Deno.readDir(join(out, "own-networks")));
      const report = await audit("report", ["tasks/report.ts", join(out, "own-networks", id.name)], folder);
      holdsTo("report", report);
      assert.deepEqual(kindsOf(report), ["env", "read", "write"]);
      const site = ["--from", out, "--out", join(folder, "site"), "--withhold-images"];
      holdsTo("store", await audit("store", ["tasks/pages.ts", ...site], folder));
    };
    // Beside the run, which takes longest.
    const others = async (): Promise<void> => {
      const check = await audit("fetch", ["tasks/fetch.ts", "--check", "mini-vision-s0"], folder);
      holdsTo("fetch", check);
      assert.ok(!kindsOf(check).includes("net") && !kindsOf(check).includes("ffi"));
      holdsTo("store", await audit("store", ["tasks/store.ts", "list"], folder));
      const fuzz = ["tasks/fuzz.ts", "--count", "2", "--parsers", "safetensors,jpeg,webp,record"];
      holdsTo("report", await audit("report", fuzz, folder));
    };
    await Promise.all([analysed(), others()]);
  }));

Deno.test({
  name: "WebAssembly has its threads under the set of reproduce, which does not give them the whole environment",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "-P=reproduce", "tests/tasks/_wasm_threads.ts"],
      cwd: new URL("../../", import.meta.url),
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const text = new TextDecoder();
    const reader = child.stdout.getReader();
    try {
      assert.equal(text.decode((await reader.read()).value), "ran\n");
      const threads = await new Deno.Command("sh", { args: ["-c", `cat /proc/${child.pid}/task/*/comm`] }).output();
      assert.match(text.decode(threads.stdout), /^worker-\d+$/m);
    } finally {
      await reader.cancel();
      child.kill("SIGKILL");
      await child.status;
    }
  },
});
