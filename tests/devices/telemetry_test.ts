import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);
/** Deno looks for its own updates otherwise. */
const QUIET = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
const NATIVE = /onnxruntime_binding\.node/;

async function has(command: string): Promise<boolean> {
  return await new Deno.Command(command, { args: ["-V"], stdout: "null", stderr: "null" }).output()
    .then(({ success }) => success, () => false);
}

/** Where Deno keeps its packages; it would move with the home folder. */
async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

/** Every file below a folder. */
async function list(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await list(path));
    else found.push(path);
  }
  return found;
}

/** Runs a program with a home folder of its own, under strace where there is one, and says what it did. */
async function inFreshHome(args: readonly string[]): Promise<{ files: string[]; trace: string | null }> {
  const folder = await Deno.makeTempDir({ prefix: "fusiform-home-" });
  try {
    const home = `${folder}/home`;
    await Deno.mkdir(home);
    const traced = await has("strace");
    const deno = [Deno.execPath(), ...args.map((arg) => arg.replace("OUT", `${folder}/out`))];
    const trace = [
      "strace",
      "-f",
      "--seccomp-bpf",
      "-qq",
      "-o",
      `${folder}/trace`,
      "-e",
      "trace=openat,open,connect,sendto,sendmmsg",
    ];
    const [command, ...rest] = traced ? [...trace, ...deno] : deno;
    const { ORT_DISABLE_TELEMETRY: _, ...env } = Deno.env.toObject();
    const { success, stderr } = await new Deno.Command(command, {
      args: rest,
      cwd: ROOT,
      clearEnv: true,
      env: { ...env, HOME: home, XDG_CACHE_HOME: `${home}/.cache`, DENO_DIR: await denoDir(), ...QUIET },
      stdout: "null",
      stderr: "piped",
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return { files: await list(home), trace: traced ? await Deno.readTextFile(`${folder}/trace`) : null };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** No name is looked up and no host outside the machine is called. */
function callsNobody(trace: string): void {
  // Not by assert: its message would repeat the whole trace.
  const calls = trace.split("\n").filter((line) => /resolv\.conf|events\.data|htons\((53|443)\)/.test(line));
  assert.deepEqual(calls, []);
}

async function reproduce(device: string): Promise<{ files: string[]; trace: string | null }> {
  return await inFreshHome([
    ...["run", "-P=reproduce", "--no-check", "tasks/reproduce.ts", "--network", "mini-untrained-s0", "--limit", "4"],
    ...["--no-keep", "--fast", "--offline", "--quiet", "--device", device, "--out", "OUT"],
  ]);
}

Deno.test("reproduce on the processor leaves nothing in the home folder and calls nobody", async () => {
  const { files, trace } = await reproduce("cpu");
  assert.deepEqual(files, []);
  if (trace === null) return;
  assert.ok(NATIVE.test(trace));
  callsNobody(trace);
});

Deno.test("reproduce in WebAssembly does not load the native runtime", async () => {
  const { files, trace } = await reproduce("wasm");
  assert.deepEqual(files, []);
  if (trace === null) return;
  assert.ok(!NATIVE.test(trace));
  callsNobody(trace);
});

/** Opens the processor in a thread, before or after the main thread did. */
const THREAD = `
import { isMainThread, Worker } from "node:worker_threads";
import { openDevice } from "${new URL("src/devices/mod.ts", ROOT)}";
import { GraphBuilder } from "${new URL("src/onnx/mod.ts", ROOT)}";
async function use() {
  const device = await openDevice("cpu", { threads: 1 });
  const graph = new GraphBuilder("one");
  graph.output(graph.node("Relu", [graph.input("x", "float32", ["n"])], {}, "y"), "float32", ["n"]);
  const session = await device.open(graph.toBytes());
  await session.run({ x: { data: new Float32Array([1]), shape: [1] } });
  await device.close();
}
if (isMainThread) {
  if (Deno.args[0] === "after") await use();
  const worker = new Worker(new URL(import.meta.url));
  const error = await new Promise((resolve) => worker.on("error", resolve).on("exit", () => resolve(null)));
  if ((error === null) !== (Deno.args[0] === "after")) throw error ?? new Error("the thread loaded it");
  if (error !== null && !/Cannot load the native runtime in a thread/.test(error.message)) throw error;
  await worker.terminate();
} else {
  await use();
}
`;

for (const order of ["after", "before"]) {
  Deno.test(`a thread that opens the processor ${order} the main thread did leaves nothing and calls nobody`, async () => {
    const script = await Deno.makeTempFile({ suffix: ".ts" });
    try {
      await Deno.writeTextFile(script, THREAD);
      const config = fileURLToPath(new URL("deno.json", ROOT));
      const { files, trace } = await inFreshHome(["run", "-A", "--no-check", "--config", config, script, order]);
      assert.deepEqual(files, []);
      if (trace !== null) callsNobody(trace);
    } finally {
      await Deno.remove(script);
    }
  });
}

Deno.test("only one file loads the native runtime", async () => {
  const loads = /^(?!.*\bimport type\b).*(from|import)\s*\(?\s*"onnxruntime-node"/m;
  const found: string[] = [];
  for (const folder of ["src", "tasks", "bench", "tests"]) {
    for (const path of await list(fileURLToPath(new URL(folder, ROOT)))) {
      if (path.endsWith(".ts") && loads.test(await Deno.readTextFile(path))) found.push(path);
    }
  }
  assert.deepEqual(found, [fileURLToPath(new URL("src/devices/_native_runtime.ts", ROOT))]);
});
