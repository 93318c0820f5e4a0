import { ownName } from "../../src/store/mod.ts";

/** What `ownName()` gave in a process that has ended. */
export async function deadName(): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).spawn();
  await child.status;
  return ownName().replace(/-\d+-/, `-${child.pid}-`);
}
