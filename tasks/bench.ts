/** `deno task bench`: runs each suite in a process of its own, since two runtimes of WebGPU do not share one. */
import { runTask } from "./terminal/exit.ts";

interface Report {
  readonly version: number;
  readonly runtime: string;
  readonly cpu: string;
  readonly benches: readonly unknown[];
}

async function main(signal: AbortSignal): Promise<number> {
  const json = Deno.args.includes("--json");
  const folder = new URL("../bench/", import.meta.url);
  const suites = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith("_bench.ts"));
  const reports: Report[] = [];
  let status = 0;
  for (const suite of suites.sort()) {
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["bench", "-P=reproduce", ...Deno.args, new URL(suite, folder).pathname],
      stdout: json ? "piped" : "inherit",
      stderr: "inherit",
      signal,
    }).output().then((done) => ({ code: done.code, stdout: json ? done.stdout : new Uint8Array() }));
    signal.throwIfAborted();
    if (code !== 0) {
      console.error(`error: ${suite} ended with status ${code}`);
      status = 1;
    } else if (json) {
      reports.push(JSON.parse(new TextDecoder().decode(stdout)));
    }
  }
  if (reports.length > 0) {
    console.log(JSON.stringify({ ...reports[0], benches: reports.flatMap(({ benches }) => benches) }, null, 2));
  }
  return status;
}

if (import.meta.main) await runTask(main);
