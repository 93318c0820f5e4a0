import assert from "node:assert/strict";
import { createMatrixMultiply, type Device, type DeviceName } from "../../src/devices/mod.ts";
import { multiplyPlain } from "../../src/resampling/mod.ts";
import { NO_ADAPTER, openAll } from "./devices.ts";

const NAMES: readonly DeviceName[] = ["cpu", "wasm", "webgpu"];
const devices = await openAll(NAMES);

function values(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898 + salt));
}

function worst(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

for (const name of NAMES) {
  Deno.test({
    name: `createMatrixMultiply() on ${name} agrees with the plain product, whatever the shape`,
    ignore: name === "webgpu" && NO_ADAPTER,
    async fn() {
      const multiply = await createMatrixMultiply(devices.get(name)!);
      for (const [m, k, n] of [[1, 1, 1], [2, 3, 4], [17, 5, 33], [3, 40, 1]]) {
        const [a, b] = [values(m * k, 1), values(k * n, 2)];
        const product = await multiply(a, b, m, k, n);
        assert.ok(worst(product, await multiplyPlain(a, b, m, k, n)) < 1e-5);
      }
    },
  });
}

Deno.test("createMatrixMultiply() cuts products that do not fit the device into strips", async () => {
  const cpu = devices.get("cpu")!;
  const small: Device = { ...cpu, name: "cpu", maxTensorBytes: 4 * 100, open: (model) => cpu.open(model) };
  const [m, k, n] = [23, 7, 30];
  const [a, b] = [values(m * k, 3), values(k * n, 4)];
  const multiply = await createMatrixMultiply(small);
  assert.ok(worst(await multiply(a, b, m, k, n), await multiplyPlain(a, b, m, k, n)) < 1e-5);
});

Deno.test("createMatrixMultiply() gives zeros where nothing is summed, and nothing where nothing is asked", async () => {
  const multiply = await createMatrixMultiply(devices.get("cpu")!);
  assert.deepEqual(await multiply(new Float32Array(0), new Float32Array(0), 2, 0, 2), new Float32Array(4));
  assert.deepEqual(await multiply(new Float32Array(0), new Float32Array(6), 0, 2, 3), new Float32Array(0));
});

Deno.test("createMatrixMultiply() refuses matrices that do not fill their shapes", async () => {
  const multiply = await createMatrixMultiply(devices.get("cpu")!);
  await assert.rejects(multiply(new Float32Array(5), new Float32Array(6), 2, 3, 2), {
    name: "RangeError",
    message: "Cannot multiply matrices: found 5 and 6 values; expected 6 and 6",
  });
});
