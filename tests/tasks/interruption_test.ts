import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { inFolder } from "../in_folder.ts";

const ROOT = new URL("../../", import.meta.url);
const CONFIG = fileURLToPath(new URL("deno.json", ROOT));
/** Two seconds, and as much again where tests run beside each other. */
const SOON_MS = 4000;
const SENTENCE = "interrupted; run it again";

/** Collects what a stream says, and tells when it says something. */
class Listener {
  text = "";
  readonly done: Promise<void>;
  #check: () => void = () => {};

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.done = this.#read(stream);
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      this.text += chunk;
      this.#check();
    }
    this.#check = () => {};
  }

  async until(said: RegExp): Promise<RegExpExecArray> {
    const heard = new Promise<void>((resolve) => {
      this.#check = () => said.test(this.text) && resolve();
      this.#check();
    });
    await Promise.race([heard, this.done]);
    const match = said.exec(this.text);
    assert.ok(match, `it ended and said: ${this.text}`);
    return match;
  }
}

interface Started {
  readonly child: Deno.ChildProcess;
  readonly out: Listener;
  readonly error: Listener;
}

function start(args: readonly string[], cwd: string | URL = ROOT): Started {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", INIT_CWD: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { child, out: new Listener(child.stdout), error: new Listener(child.stderr) };
}

/** Waits for the end, which has to come soon, and gives status, seconds and output. */
async function ended({ child, out, error }: Started): Promise<{ code: number; out: string; error: string }> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error("it goes on"));
    }, SOON_MS);
  });
  try {
    const { code } = await Promise.race([child.status, late]);
    return { code, out: out.text, error: error.text };
  } finally {
    clearTimeout(timer);
    await Promise.all([out.done, error.done]);
  }
}

/** What a task says on standard error, but for its progress and Deno's own notes. */
function sentences(error: string): string[] {
  return error.split("\n").filter((line) =>
    line !== "" && !/^(Warning|Task|opening|preparing|recording|analysing|comparing|simulating)/.test(line)
  );
}

/** A task that has begun a report and then waits, or computes without a pause. */
function task(how: "waits" | "computes", out: string): string {
  return `
import { runTask } from "${new URL("tasks/terminal/exit.ts", ROOT)}";
import { openOutputDirectory } from "${new URL("src/reproduce/output_directory.ts", ROOT)}";
await runTask(async (signal) => {
  const directory = await openOutputDirectory(${JSON.stringify(out)}, "mini");
  await Deno.writeTextFile(directory.staging + "/results.json", "{}");
  console.log("pid", Deno.pid);
  try {
    const until = performance.now() + 20_000;
    if ("${how}" === "computes") while (performance.now() < until);
    else await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  } finally {
    await directory.discard();
  }
  return 0;
}, "${SENTENCE}");
`;
}

for (const how of ["waits", "computes"] as const) {
  for (const [signal, status] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    Deno.test({
      name: `a task that ${how} ends on ${signal} soon, with one sentence and ${status}, and leaves nothing`,
      ignore: Deno.build.os === "windows",
      fn: () =>
        inFolder(async (folder) => {
          const script = `${folder}/task.ts`;
          await Deno.writeTextFile(script, task(how, `${folder}/new/out`));
          const started = start(["run", "-A", "--no-check", "--config", CONFIG, script]);
          await started.out.until(/pid/);
          started.child.kill(signal);
          const { code, error } = await ended(started);
          assert.equal(code, status);
          assert.deepEqual(sentences(error), [SENTENCE]);
          assert.deepEqual(await readdir(folder), ["task.ts"]);
        }),
    });
  }
}

/** Whether a process is there and has not ended. */
async function lives(pid: number): Promise<boolean> {
  try {
    os.getPriority(pid);
  } catch {
    return false;
  }
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", `${pid}`], stderr: "null" }).output();
  return !/^(Z|\s*$)/.test(new TextDecoder().decode(stdout));
}

/** Starts a task by `deno task`, kills that, and waits for the task to end, which has to come soon. */
async function killRunner(how: "waits" | "computes", { slowList }: { slowList: boolean }): Promise<void> {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/task.ts`, task(how, `${folder}/out`));
    let command = `deno run -A --no-check --config ${CONFIG} task.ts`;
    if (slowList) {
      const list = `#!/bin/sh\nsleep 1\nPATH="${Deno.env.get("PATH")}" exec ps "$@"\n`;
      await Deno.mkdir(`${folder}/bin`);
      await Deno.writeTextFile(`${folder}/bin/ps`, list, { mode: 0o755 });
      command = `PATH="${folder}/bin:$PATH" ${command}`;
    }
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ tasks: { go: command } }));
    const before = (await readdir(folder)).sort();
    const started = start(["task", "go"], folder);
    const pid = Number((await started.out.until(/pid (\d+)\n/))[1]);
    assert.ok(await lives(pid));
    started.child.kill("SIGKILL");
    await started.child.status;
    const killed = performance.now();
    while (await lives(pid)) {
      if (performance.now() - killed > SOON_MS) {
        Deno.kill(pid, "SIGKILL");
        assert.fail("it goes on");
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await Promise.all([started.out.done, started.error.done]);
    assert.deepEqual((await readdir(folder)).sort(), before);
  });
}

for (const how of ["waits", "computes"] as const) {
  Deno.test({
    name: `a task that ${how} ends soon after the task runner that started it was killed, and leaves nothing`,
    ignore: Deno.build.os === "windows",
    fn: () => killRunner(how, { slowList: false }),
  });
}

Deno.test({
  name: "a task ends as soon where its runner was killed before processes were listed",
  ignore: Deno.build.os === "windows",
  fn: () => killRunner("waits", { slowList: true }),
});

/** A task, its arguments, what it says when it is to be interrupted, and what it says then. */
const INTERRUPTED = {
  reproduce: {
    // Minutes of analysis.
    args: ["--network", "mini-untrained-s0", "--limit", "4", "--no-keep", "--device", "cpu"],
    out: "out",
    begun: /analysing the last networks/,
    sentence: "interrupted; no report was written",
  },
  calibrate: {
    args: ["--rows", "coverage", "--seed", "2000000000"],
    out: "out/calibration.json",
    begun: /simulating coverage-normal/,
    sentence: "interrupted; what was simulated is saved, and the same command goes on from there",
  },
};

for (const [name, { args, out, begun, sentence }] of Object.entries(INTERRUPTED)) {
  Deno.test({
    name: `${name} that is interrupted at its work ends soon with 130, one sentence and nothing written`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      inFolder(async (folder) => {
        const command = ["run", "-P=reproduce", "--no-check", `tasks/${name}.ts`, ...args, "--out", `${folder}/${out}`];
        const started = start(command);
        await started.error.until(begun);
        await new Promise((resolve) => setTimeout(resolve, 500));
        started.child.kill("SIGINT");
        const { code, out: said, error } = await ended(started);
        assert.equal(code, 130);
        assert.equal(said, "");
        assert.deepEqual(sentences(error), [sentence]);
        assert.deepEqual(await readdir(folder), []);
      }),
  });
}

Deno.test({
  name: "a task without permission to ask after processes runs to its end",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(
        `${folder}/task.ts`,
        `
import { runTask } from "${new URL("tasks/terminal/exit.ts", ROOT)}";
await runTask(async () => {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  console.log("done");
  return 0;
});
`,
      );
      for (const more of ["", "--allow-run"]) {
        const command = `deno run --no-prompt --allow-read --allow-env ${more} --no-check --config ${CONFIG} task.ts`;
        await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ tasks: { go: command } }));
        const { code, out, error } = await ended(start(["task", "go"], folder));
        assert.equal(code, 0, error);
        assert.equal(out, "done\n");
      }
    }),
});
