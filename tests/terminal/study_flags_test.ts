import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { isFileNetwork } from "../../src/study/mod.ts";
import { networksOf } from "../../src/terminal/study_flags.ts";

/** Id, family and file of each network that is named. */
function named(...texts: string[]): (string | undefined)[][] {
  return networksOf(texts, {}).map((network) =>
    isFileNetwork(network) ? [network.id, network.family, network.weights] : [network.lock, network.family]
  );
}

Deno.test("networksOf() gives files ids of their own, whatever their paths hold", () => {
  assert.deepEqual(
    named("A=my nets/plain 0.onnx", "B=C:\\nets\\Planté.ONNX", "nets/名前.pth", "nets/CON.safetensors"),
    [
      ["plain-0", "A", "my nets/plain 0.onnx"],
      ["plante", "B", "C:\\nets\\Planté.ONNX"],
      ["network", undefined, "nets/名前.pth"],
      ["con", undefined, "nets/CON.safetensors"],
    ],
  );
  assert.deepEqual(named("a/net.pt", "b/net.pt", "c/net-2.pt").map(([id]) => id), ["net", "net-2", "net-2-2"]);
});

Deno.test("networksOf() takes what is no file for an id or family of the lock", () => {
  assert.deepEqual(named("mini-clip", "mine=mini-lang-s0"), [["mini-clip", undefined], ["mini-lang-s0", "mine"]]);
});

Deno.test("networksOf() leaves = in a path alone, and refuses what is no family's name", () => {
  assert.deepEqual(named("./lr=0.1.onnx", "nets\\lr=0.1.onnx").map(([, family]) => family), [undefined, undefined]);
  assert.throws(() => named("my labs=a.onnx"), RequestError);
  assert.throws(() => named("=a.onnx"), RequestError);
});
