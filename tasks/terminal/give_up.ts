/** A permission that a task may have been given and does not need for what it was asked. */
export type Needless = "net" | "ffi" | "run" | "sys";

/**
 * Gives permissions back for good, so that neither this process nor a thread that it starts later can use them.
 *
 * @param names Which; one that was never given may be among them.
 */
export async function giveUp(names: readonly Needless[]): Promise<void> {
  for (const name of names) await Deno.permissions.revoke({ name });
}

/** What `reproduce` and `merge` do not need for a command line: no network where it stays offline, no native code on WebAssembly. */
export function needlessOf(args: readonly string[]): Needless[] {
  const device = args.flatMap((arg, at) =>
    arg === "--device" ? [args[at + 1]] : /^--device=(.*)$/s.exec(arg)?.[1] ?? []
  );
  return [...args.includes("--offline") ? ["net"] as const : [], ...device.at(-1) === "wasm" ? ["ffi"] as const : []];
}
