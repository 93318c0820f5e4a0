import assert from "node:assert/strict";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { needlessOf } from "../../tasks/terminal/give_up.ts";
import { ownName } from "../../src/store/mod.ts";
import { untrainedResNet } from "../../src/networks/mod.ts";
import { writeSafetensors, type WrittenTensor } from "../../src/weights/mod.ts";
import { zip } from "../hostile/weights_bombs.ts";
import { inFolder } from "../in_folder.ts";
import { network, RECIPE, writeImages } from "../planted_onnx.ts";
import { LoopbackServer, wellBehaved } from "../store/loopback_server.ts";

/** What a set of `deno.json` allows. */
type PermissionSet = Readonly<Record<string, boolean | readonly string[]>>;

const SETS = config.permissions as unknown as Readonly<Record<string, PermissionSet>>;

type Task = keyof typeof config.tasks;

/**
 * By kind or by set, what is asked for in a terminal, on Windows, where another process is at a file, and by rows of the
 * calibration that take hours.
 */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  env: ["TERM", "LOCALAPPDATA"],
  sys: ["getPriority"],
  compute: ["hostname"],
};

/** A permission that was asked for, as Deno writes it down. */
interface Asked {
  readonly permission: string;
  readonly value: string | null;
}

/** What Deno is given before the script of a task: its set and how it is used. */
function flagsOf(task: Task): string[] {
  const [, flags] = /^.*deno run (.*) tasks\/\S+$/.exec(config.tasks[task].command)!;
  return flags.split(" ");
}

/** The name of a task's set. */
const setOf = (task: Task): string => flagsOf(task).find((flag) => flag.startsWith("-P="))!.slice(3);

/** The environment of these tests, without variables that others are looked at in place of. */
function environment(): Record<string, string> {
  const kept = Object.entries(Deno.env.toObject());
  return Object.fromEntries(
    kept.filter(([name]) => !/^(NO_COLOR|FORCE_COLOR|XDG_RUNTIME_DIR|TMPDIR|TMP|TEMP)$/.test(name)),
  );
}

interface Audit {
  readonly folder: string;
  /** What runs with the set of the task. @default its own script */
  readonly script?: string;
  /** The status that it ends with. @default 0 */
  readonly status?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a task as `deno.json` does, and gives what it asked for; its set has to name all of it. */
async function audit(task: Task, args: readonly string[], options: Audit): Promise<readonly Asked[]> {
  const { folder, script = `tasks/${task}.ts`, status = 0, env = {} } = options;
  const log = join(folder, `${task}-${crypto.randomUUID()}.jsonl`);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", ...flagsOf(task), script, ...args],
    cwd: new URL("../../", import.meta.url),
    env: {
      ...environment(),
      ...{ INIT_CWD: folder, DENO_AUDIT_PERMISSIONS: log, FUSIFORM_CACHE: "", XDG_CACHE_HOME: folder, ...env },
    },
    clearEnv: true,
    stdin: "null",
  }).output();
  assert.equal(code, status, `${task} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  const asked = (await Deno.readTextFile(log)).trim().split("\n").map((line) => JSON.parse(line) as Asked);
  const set = setOf(task);
  for (const { permission, value } of asked) {
    // The threads of onnxruntime-web ask for the whole environment, are refused, and go on with what they get.
    if (permission === "env" && value === null) continue;
    const allowed = SETS[set][permission];
    assert.ok(
      allowed === true || (Array.isArray(allowed) && allowed.includes(value)),
      `${task} asks for ${permission} ${value}`,
    );
  }
  return asked;
}

const kindsOf = (asked: readonly Asked[]): string[] => [...new Set(asked.map(({ permission }) => permission))].sort();

/** Flags of `agree` for a ResNet-50 without weights and a reference that has none of its layers. */
async function unlikeReference(folder: string, images: string): Promise<string[]> {
  const tensors = new Map<string, WrittenTensor>();
  for (const [name, { shape }] of untrainedResNet("resnet50", 0).tensors) {
    tensors.set(name, { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) });
  }
  const weights = join(folder, "zeros.safetensors"), reference = join(folder, "reference.npz");
  await Deno.writeFile(weights, writeSafetensors(tensors));
  await Deno.writeFile(reference, zip([]));
  const files = ["--weights", weights, "--images", images, "--reference", reference];
  return ["--architecture", "resnet50", ...files, "--per-folder", "4"];
}

Deno.test("each set names its environment, and only the tasks that download have the network", () => {
  for (const [name, set] of Object.entries(SETS)) {
    assert.ok(Array.isArray(set.env) && set.env.length > 0, `${name} names no variables`);
    assert.ok(set.sys === undefined || Array.isArray(set.sys), name);
    if (name !== "bench") assert.ok(set.run === undefined || `${set.run}` === "ps", name);
  }
  assert.deepEqual(Object.keys(SETS).filter((name) => "net" in SETS[name]).sort(), ["fetch", "reproduce"]);
  for (const kind of ["net", "ffi", "sys", "run"]) assert.ok(!(kind in SETS.report), kind);
  // The suites of the benchmark are processes of their own, which are told to print rows.
  assert.deepEqual(SETS.bench, {
    ...SETS.compute,
    run: true,
    env: [...SETS.compute.env as string[], "FUSIFORM_BENCH_ROWS"],
  });
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
  // What a set does not name is refused; nobody is asked in the middle of a run.
  for (const { name, command } of tasks) {
    assert.equal(command.match(/ -P=/g)?.length, command.match(/deno run --no-prompt -P=/g)?.length, name);
  }
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

Deno.test("each task asks for nothing that its set does not name, and the tasks of a set for all that it names", () =>
  inFolder(async (folder) => {
    const asked = new Map<string, Asked[]>(Object.keys(SETS).map((name) => [name, []]));
    const tried = async (task: Task, args: readonly string[], options: Partial<Audit> = {}): Promise<string[]> => {
      const found = await audit(task, args, { folder, ...options });
      asked.get(setOf(task))!.push(...found);
      return kindsOf(found);
    };
    const images = join(folder, "images"), path = join(folder, "net.onnx"), out = join(folder, "out");
    await writeImages(images);
    await Deno.writeFile(path, network(0, 60));
    const own = [
      "--network",
      path,
      "--preprocessing",
      JSON.stringify(RECIPE),
      "--stimuli",
      images,
      "--fast",
      "--quiet",
    ];
    // Both are waited for, since they work in the folder.
    for (const ended of await Promise.allSettled([wholeRuns(), parts()])) {
      if (ended.status === "rejected") throw ended.reason;
    }
    for (const [name, set] of Object.entries(SETS)) {
      // It is compared with another set, above.
      if (name === "bench") continue;
      for (const [kind, allowed] of Object.entries(set)) {
        // Deno does not write down who starts a process; every task that has it lists processes at its start.
        if (kind === "run") continue;
        const values = new Set(
          asked.get(name)!.filter(({ permission }) => permission === kind).map(({ value }) => value),
        );
        assert.ok(values.size > 0, `no task asks for ${kind} of ${name}`);
        if (typeof allowed === "boolean") continue;
        const needless = allowed.filter((value) =>
          !values.has(value) && ![kind, name].some((where) => ELSEWHERE[where]?.includes(value))
        );
        assert.deepEqual(needless, [], `${kind} of ${name}`);
      }
    }

    async function wholeRuns(): Promise<void> {
      const wasm = await tried("reproduce", [...own, "--device", "wasm", "--offline", "--out", out]);
      assert.deepEqual(wasm, ["env", "read", "sys", "write"]);
      const [id] = await Array.fromAsync(Deno.readDir(join(out, "own-networks")));
      const run = join(out, "own-networks", id.name);
      assert.deepEqual(await tried("report", [run]), ["env", "read", "write"]);
      await tried("report", [run, run, "--out", join(folder, "comparison.html")]);
      await tried("pages", ["--from", out, "--out", join(folder, "site"), "--withhold-images"]);
      for (const shard of ["1/2", "2/2"]) {
        await tried("reproduce", [...own, "--device", "cpu", "--shard", shard, "--out", join(folder, "shards")]);
      }
      await tried("reproduce", [...own, "--device", "cpu", "--no-keep", "--out", join(folder, "not-kept")]);
      const merged = await tried("merge", [join(folder, "shards"), "--offline", "--out", join(folder, "merged")]);
      assert.deepEqual(merged, ["env", "read", "sys", "write"]);
    }

    async function parts(): Promise<void> {
      // Help looks at the variables for colours.
      for (const task of ["reproduce", "report", "store", "fetch", "calibrate"] as const) await tried(task, ["--help"]);
      const check = await tried("fetch", ["--check", "mini-vision-s0"]);
      assert.ok(!check.includes("net") && !check.includes("ffi"));
      await using server = new LoopbackServer(wellBehaved(new Uint8Array(9)));
      await tried("fetch", ["mini-vision-s0", "resnet50-tv-v1"], { status: 1, env: { FUSIFORM_MIRROR: server.url } });
      const embedded = await tried("train", ["--embed"], { status: 1, env: { FUSIFORM_MIRROR: server.url } });
      assert.ok(embedded.includes("net"));
      // One that a process is at, of which it is asked whether it runs.
      const kept = join(folder, "fusiform", "images");
      await Deno.mkdir(kept, { recursive: true });
      await Deno.writeTextFile(join(kept, `${"0".repeat(64)}.images.${ownName()}.part`), "");
      await tried("store", ["list"]);
      await tried("fuzz", ["--count", "2", "--parsers", "safetensors,jpeg,webp,record"]);
      await tried("lock", ["list"]);
      // What is wrong with a request is told by all in the same way.
      for (const task of ["fetch", "store"] as const) await tried(task, ["no-such-name"], { status: 2 });
      await tried("lock", ["update", "no-such-name"], { status: 2 });
      await tried("stimuli", ["--check"]);
      await tried("schemas", ["--out", join(folder, "schemas")]);
      await tried("calibrate", ["--rows", "false-share", "--simulations", "1", "--saved", join(folder, "saved")]);
      await tried("agree", await unlikeReference(folder, images), { status: 1 });
      // Its thousands of images are not drawn here: the command to its first refusal, then a training of eight images.
      await tried("train", ["--check", "--network", "mini-vision-s0", "--out", folder], { status: 1 });
      await tried("train", [], { script: "tests/tasks/_tiny_training.ts" });
    }
  }));

Deno.test("a suite of the benchmark runs in a process of its own under the set of the task", () =>
  inFolder(async (folder) => {
    const rows = join(folder, "rows.json");
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", ...flagsOf("bench"), "tasks/bench.ts", "statistics", "--json", rows],
      cwd: new URL("../../", import.meta.url),
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const [{ suite, name, seconds }] = JSON.parse(await Deno.readTextFile(rows));
    assert.deepEqual([suite, name, seconds > 0], ["statistics", "welch", true]);
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
