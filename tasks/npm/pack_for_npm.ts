import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { noteUnfinished } from "../../src/store/mod.ts";
import { BIN, completeManifest, type Manifest, type Project } from "./manifest.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What was packed. */
export interface Packed {
  /** The package as a folder. */
  readonly directory: string;
  /** The package as npm takes it. */
  readonly tarball: string;
  /** Size of the tarball. */
  readonly bytes: number;
  /** The `package.json`. */
  readonly manifest: Manifest;
}

/** How to pack. */
export interface PackOptions {
  /** The folder that receives `package/` and the tarball. */
  readonly out: string;
  /** Pack what has not been committed too. @default false */
  readonly allowDirty?: boolean;
  /** Ends the packing; nothing is left behind. */
  readonly signal?: AbortSignal;
}

const BIN_TEXT = `#!/usr/bin/env node
import { runCommandLine } from "./src/terminal/run_command_line.js";

await runCommandLine();
`;

async function run(
  command: string,
  args: readonly string[],
  { cwd, signal }: { cwd: string; signal?: AbortSignal },
): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], cwd, env: { NO_COLOR: "1" }, signal })
    .output();
  signal?.throwIfAborted();
  if (success) return;
  const lines = new TextDecoder().decode(stderr).split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const first = lines.findIndex((line) => /^error\b|\[ERROR\]/.test(line));
  const said = (first < 0 ? lines : lines.slice(first)).slice(0, 3).join(" ");
  throw new Error(`Cannot pack: ${basename(command)} ${args[0]} failed: ${said.replace(/^error: /, "")}`);
}

/**
 * Packs the library for npm: ES modules, types, the locks, and the small networks that come with it.
 *
 * @returns Where the package lies; what was there before is replaced whole.
 * @throws {Error} Where packing fails, or a dependency is not pinned.
 */
export async function packForNpm({ out, allowDirty = false, signal }: PackOptions): Promise<Packed> {
  const target = resolve(out);
  await mkdir(target, { recursive: true });
  const staging = await mkdtemp(join(target, ".packing-"));
  const finish = noteUnfinished({ path: staging, made: null });
  try {
    const packing = ["pack", "--no-source-maps", ...allowDirty ? ["--allow-dirty"] : []];
    await run(Deno.execPath(), [...packing, "--output", join(staging, "packed.tgz")], { cwd: ROOT, signal });
    // Relative names, because GNU tar takes what precedes a colon for a host.
    await run("tar", ["-xzf", "packed.tgz"], { cwd: staging, signal });
    const project: Project = JSON.parse(await readFile(join(ROOT, "deno.json"), "utf8"));
    const path = join(staging, "package", "package.json");
    const manifest = completeManifest(JSON.parse(await readFile(path, "utf8")), project);
    await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
    const bin = join(staging, "package", BIN);
    await writeFile(bin, BIN_TEXT);
    await chmod(bin, 0o755);
    const name = `${manifest.name.replace(/^@/, "").replace("/", "-")}-${manifest.version}.tgz`;
    await run("tar", ["-czf", name, "package"], { cwd: staging, signal });
    const [directory, tarball] = [join(target, "package"), join(target, name)];
    await rm(directory, { recursive: true, force: true });
    await rename(join(staging, "package"), directory);
    await rename(join(staging, name), tarball);
    return { directory, tarball, bytes: (await stat(tarball)).size, manifest };
  } finally {
    await rm(staging, { recursive: true, force: true });
    finish();
  }
}
