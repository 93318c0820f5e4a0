import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const TASK = fileURLToPath(new URL("../../tasks/train.ts", import.meta.url));

async function train(...args: string[]): Promise<{ status: number; error: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", TASK, ...args],
    env: { NO_COLOR: "1", XDG_RUNTIME_DIR: tmpdir() },
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stderr } = await command.output();
  return { status: code, error: new TextDecoder().decode(stderr).trim() };
}

Deno.test("an unknown network, a batch that cannot be split and a wrong flag are one sentence and status 2", async () => {
  const [network, batch, device] = await Promise.all([
    train("--network", "mini-sound"),
    train("--batch", "30"),
    train("--device", "abacus"),
  ]);
  assert.deepEqual(network, {
    status: 2,
    error: 'error: Cannot train "mini-sound"; expected one of mini-vision, mini-attributes, mini-lang, mini-clip',
  });
  assert.deepEqual(batch, { status: 2, error: "error: Cannot train in batches of 30; expected a multiple of 4" });
  assert.deepEqual(device, {
    status: 2,
    error: 'error: Unknown device: "abacus". Should be one of: auto, webgpu, cpu, wasm',
  });
});

Deno.test("checking weights that are not there is one sentence and status 1", async () => {
  const { status, error } = await train("--check", "--network", "mini-vision-s0", "--out", "no-such-folder");
  assert.equal(status, 1);
  assert.equal(error, 'error: Cannot open "no-such-folder/mini-vision-s0.safetensors": there is no such file');
});

Deno.test("--embed goes with none of the other things that the task can do", async () => {
  for (const flag of ["--check", "--decode", "--update-lock"]) {
    const { status, error } = await train("--embed", flag);
    assert.equal(status, 2);
    assert.match(error, new RegExp(`^error: option '--embed' cannot be used with option '${flag}'$`));
  }
});
