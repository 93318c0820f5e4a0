import assert from "node:assert/strict";
import { encodeModel, type Graph, type Tensor } from "../../src/onnx/_schema.ts";
import { embedExternalData, type ExternalData, GraphBuilder } from "../../src/onnx/mod.ts";
import { InferenceSession, Tensor as Value } from "../native_runtime.ts";

type Said = Readonly<Record<string, string>>;

function outside(name: string, said: Said, shape: readonly number[] = [2], dataType = 1): Tensor {
  const externalData = Object.entries(said).map(([key, value]) => ({ key, value }));
  return { name, dims: [...shape], dataType, dataLocation: 1, externalData };
}

const pair = (value: number): Uint8Array => new Uint8Array(new Float32Array([value, value]).buffer);

function model(initializer: readonly Tensor[], graph: Graph = {}): Uint8Array {
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: {
      name: "outside",
      initializer,
      input: [{ name: "x", type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 2 }] } } } }],
      output: [{ name: "y", type: { tensorType: { elemType: 1 } } }],
      node: [{ opType: "Add", input: ["x", "w"], output: ["y"] }],
      ...graph,
    },
  });
}

async function run(bytes: Uint8Array, x: readonly number[]): Promise<number[]> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 4 });
  try {
    const { y } = await session.run({ x: new Value("float32", [...x], [2]) });
    return [...y.data as Float32Array];
  } finally {
    await session.release();
  }
}

Deno.test("embedExternalData() puts into the model what lies in other files, and asks for it by file, offset and length", async () => {
  const asked: ExternalData[] = [];
  const bytes = model([outside("w", { location: "w.bin", offset: "4096", length: "8" })]);
  const whole = await embedExternalData(bytes, (data) => {
    asked.push(data);
    return Promise.resolve(pair(3));
  });
  assert.deepEqual(asked, [{ tensor: "w", location: "w.bin", offset: 4096, length: 8 }]);
  assert.equal(GraphBuilder.from(bytes).hasExternalData, true);
  assert.equal(GraphBuilder.from(whole).hasExternalData, false);
  assert.deepEqual(await run(whole, [1, 2]), [4, 5]);
  const none = (): Promise<Uint8Array> => Promise.reject(new Error("nothing lies elsewhere"));
  assert.equal(await embedExternalData(whole, none), whole);
});

Deno.test("embedExternalData() finds data in attributes, branches, functions and sparse tensors too", async () => {
  const constant = (name: string, output: string): Graph["node"] => [{
    opType: "Constant",
    output: [output],
    attribute: [{ name: "value", type: 4, t: outside(name, { location: name }) }],
  }];
  const branch = (name: string): Graph => ({
    name,
    node: constant(name, `${name}_value`),
    output: [{ name: `${name}_value`, type: { tensorType: { elemType: 1 } } }],
  });
  const bytes = model([outside("limit", { location: "limit" })], {
    node: [
      { opType: "ReduceSum", input: ["x"], output: ["sum"], attribute: [{ name: "keepdims", type: 2, i: 0 }] },
      { opType: "Cast", input: ["sum"], output: ["any"], attribute: [{ name: "to", type: 2, i: 9 }] },
      {
        opType: "If",
        input: ["any"],
        output: ["w"],
        attribute: [{ name: "then_branch", type: 5, g: branch("then") }, {
          name: "else_branch",
          type: 5,
          g: branch("else"),
        }],
      },
      ...constant("offset", "b")!,
      { opType: "Sum", input: ["x", "w", "b", "limit"], output: ["y"] },
    ],
  });
  const asked: string[] = [];
  const values: Readonly<Record<string, number>> = { then: 10, else: 20, offset: 100, limit: 1000 };
  const whole = await embedExternalData(bytes, ({ location }) => {
    asked.push(location);
    return Promise.resolve(pair(values[location]));
  });
  assert.deepEqual(asked.toSorted(), ["else", "limit", "offset", "then"]);
  assert.deepEqual(await run(whole, [1, 0]), [1111, 1110]);
  assert.deepEqual(await run(whole, [0, 0]), [1120, 1120]);

  const hidden: string[] = [];
  const elsewhere = encodeModel({
    opsetImport: [{ version: 17 }],
    graph: { name: "g", sparseInitializer: [{ values: outside("v", { location: "sparse" }) }] },
    functions: [{ name: "f", domain: "own", node: constant("k", "out") }],
  });
  await embedExternalData(elsewhere, ({ tensor }) => {
    hidden.push(tensor);
    return Promise.resolve(pair(0));
  });
  assert.deepEqual(hidden, ["v", "k"]);
});

Deno.test("embedExternalData() refuses what contradicts itself or what is read, in one sentence", async () => {
  const cases: [Tensor, RegExp][] = [
    [outside("w", {}), /Cannot read tensor "w" of the ONNX model: no file is named for its data; expected/],
    [outside("w", { location: "a", offset: "-4" }), /its offset is "-4"/],
    [outside("w", { location: "a", offset: "99999999999999999" }), /its offset is "99999999999999999"/],
    [outside("w", { location: "a", length: "12" }), /"12" bytes are stated, and its shape and type take 8/],
    [outside("w", { location: "a" }, [2], 8), /its shape and type do not tell how many bytes they are/],
    [outside("w", { location: "a" }, [-2]), /its shape and type do not tell how many bytes they are/],
    [outside("w", { location: "a" }, [3]), /8 bytes were read, not 12/],
  ];
  for (const [tensor, message] of cases) {
    await assert.rejects(embedExternalData(model([tensor]), () => Promise.resolve(pair(0))), (error: Error) => {
      assert.match(error.message, message);
      assert.match(error.message, /^Cannot [^\n]+$/);
      return true;
    });
  }
  await assert.rejects(
    embedExternalData(new Uint8Array([1, 2, 3]), () => Promise.resolve(pair(0))),
    /Cannot read the ONNX/,
  );
});

Deno.test("embedExternalData() counts the bytes of every element type, of 4 bits to two in a byte", async () => {
  const sizes: [number, number][] = [[1, 12], [2, 3], [4, 6], [7, 24], [9, 3], [10, 6], [11, 24], [15, 48], [16, 6], [
    22,
    2,
  ]];
  for (const [dataType, expected] of sizes) {
    let length = 0;
    await embedExternalData(model([outside("w", { location: "a" }, [3, 1], dataType)]), (data) => {
      length = data.length;
      return Promise.resolve(new Uint8Array(data.length));
    });
    assert.equal(length, expected, `type ${dataType}`);
  }
});
