import { fileURLToPath } from "node:url";

/** The folder of the library's modules, for the imports of a script. */
export const SOURCES: string = new URL("../../src/", import.meta.url).href;

/** What a script left. */
export interface ScriptResult {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs TypeScript in a process of its own, with the project's settings; ends it after a minute. */
export async function runScript(
  source: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ScriptResult> {
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(script, source);
    const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-check", "--config", config, script, ...args],
      env,
      signal: AbortSignal.timeout(60_000),
      stdout: "piped",
      stderr: "piped",
    }).output();
    const text = new TextDecoder();
    return { success, stdout: text.decode(stdout), stderr: text.decode(stderr) };
  } finally {
    await Deno.remove(script);
  }
}
