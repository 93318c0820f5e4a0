import assert from "node:assert/strict";
import { runChild } from "../../bench/_child.ts";
import { median } from "../../bench/_median.ts";
import { taskStart } from "../../bench/_task_start.ts";
import { runCommand } from "./run_command.ts";

Deno.test("deno task bench says which suites there are, and refuses others and networks that torchvision lacks", async () => {
  const help = await runCommand("bench.ts", ["--help"]);
  assert.equal(help.code, 0, help.error);
  assert.match(help.out, /of criteria, decoding, inference, page, recording,\s+replicates, run, statistics/);
  const unknown = await runCommand("bench.ts", ["speed"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.error, /Cannot time "speed": there is no such suite; expected criteria, /);
  const mini = await runCommand("bench.ts", ["run", "--networks", "mini"]);
  assert.equal(mini.code, 2);
  assert.match(mini.error, /mini.*Expected resnet18, resnet34, resnet50, resnet101, efficientnet-lite0/);
});

Deno.test("a whole run is timed with its memory, and a failed one is told", async () => {
  const code = "const held = new Uint8Array(2e8).fill(1); setTimeout(() => console.log(held.length), 1500)";
  const cost = await runChild(Deno.execPath(), ["eval", code]);
  assert.equal(cost.out.trim(), "200000000");
  assert.ok(cost.seconds >= 1.5, `${cost.seconds}`);
  if (Deno.build.os !== "windows") assert.ok(cost.peakBytes! > 2e8, `${cost.peakBytes}`);
  await assert.rejects(runChild(Deno.execPath(), ["eval", "console.error('no'); Deno.exit(3)"]), /status 3\nno/);
});

Deno.test("runs are timed as their task starts them, and what they are compared with as the command was started", () => {
  const { env, flags } = taskStart("reproduce");
  assert.equal(env.GLIBC_TUNABLES, "glibc.malloc.hugetlb=1");
  assert.deepEqual(flags.slice(0, 2), ["--no-prompt", "-P=reproduce"]);
  assert.deepEqual(taskStart("bench").env, {});
});

Deno.test("median() is the middle value, or the mean of two", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([5]), 5);
});
