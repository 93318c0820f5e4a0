import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

/** One task of every set of permissions. */
const TASKS = new Map(
  Object.values(config.tasks).flatMap(({ command }): [string, string][] => {
    const [, set, script] = /-P=(\w+).* (tasks\/[\w/]+\.ts)/.exec(command) ?? [];
    return set === undefined ? [] : [[set, script]];
  }),
);

/** What is kept of the environment: Deno needs these, and no variable says anything about colours. */
function bareEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "DENO_DIR", "SystemRoot", "USERPROFILE", "LOCALAPPDATA", "TEMP", "TMP"];
  return Object.fromEntries(kept.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

for (const [set, script] of TASKS) {
  for (const colour of ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", undefined]) {
    if (set !== "report" && colour !== undefined) continue;
    Deno.test(`--help is there with the permissions of ${set}, ${colour ?? "no variable for colours"} set`, async () => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--no-prompt", `-P=${set}`, script, "--help"],
        cwd: ROOT,
        clearEnv: true,
        env: { ...bareEnvironment(), ...(colour === undefined ? {} : { [colour]: "1" }) },
        stdin: "null",
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      assert.match(new TextDecoder().decode(stdout), /^Usage: /m);
    });
  }
}

Deno.test("every set of permissions has a task", () => {
  assert.deepEqual([...TASKS.keys()].sort(), Object.keys(config.permissions).sort());
});
