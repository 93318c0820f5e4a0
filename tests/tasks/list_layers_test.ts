import assert from "node:assert/strict";
import { type Outcome, runCommand } from "./run_command.ts";

const listLayers = (...args: string[]): Promise<Outcome> => runCommand("reproduce.ts", ["--list-layers", ...args]);

Deno.test("--list-layers lists values with the shapes that one image gives, and which are layers by default", async () => {
  const { code, out, error } = await listLayers("--network", "fixtures/checkpoints/bottleneck.onnx", "--json");
  assert.equal(code, 0, error);
  const layers = JSON.parse(out) as { name: string; shape: number[]; chosen: boolean; output: boolean }[];
  assert.deepEqual(layers.find(({ name }) => name === "/layer2/layer2.0/relu_2/Relu_output_0"), {
    name: "/layer2/layer2.0/relu_2/Relu_output_0",
    operator: "Relu",
    shape: [8, 8, 8],
    output: false,
    chosen: true,
  });
  assert.equal(layers.filter(({ chosen }) => chosen).length, 7);
  assert.deepEqual(layers.filter(({ output }) => output).map(({ name }) => name), ["scores"]);
});

Deno.test("--list-layers leaves out what only rearranges another value, and =all lists that too", async () => {
  const network = ["--network", "A=fixtures/checkpoints/bottleneck.onnx", "--json"];
  const operators = async (flag: string): Promise<string[]> => {
    const { code, out, error } = await runCommand("reproduce.ts", [flag, ...network]);
    assert.equal(code, 0, error);
    return JSON.parse(out).map(({ operator }: { operator: string }) => operator);
  };
  const few = await operators("--list-layers"), all = await operators("--list-layers=all");
  assert.ok(!few.includes("Flatten") && all.includes("Flatten"));
  assert.deepEqual(all.filter((operator) => operator !== "Flatten"), few);
  const { code, error } = await runCommand("reproduce.ts", ["--list-layers=some", ...network]);
  assert.equal(code, 2);
  assert.match(error, /--list-layers.*Allowed choices are all/);
});

Deno.test("--list-layers lists the same of a file whose weights lie in another beside it", async () => {
  const listed = async (name: string): Promise<unknown> => {
    const { code, out, error } = await listLayers("--network", `fixtures/checkpoints/${name}`, "--json");
    assert.equal(code, 0, error);
    return JSON.parse(out);
  };
  assert.deepEqual(await listed("bottleneck-external.onnx"), await listed("bottleneck.onnx"));
});

Deno.test("--list-layers refuses a missing file, weights and no file in one sentence with status 2", async () => {
  const cases: [string[], RegExp][] = [
    [["--network", "nowhere.onnx"], /Cannot list the layers of nowhere\.onnx: there is no such file/],
    [["--network", "fixtures/checkpoints/mini.pth"], /Cannot list layers without --network/],
    [[], /Cannot list layers without --network/],
  ];
  for (const [args, message] of cases) {
    const { code, out, error } = await listLayers(...args);
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.match(error, message);
    assert.equal(error.trim().split("\n").length, 1, error);
  }
});
