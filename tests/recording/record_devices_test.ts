import assert from "node:assert/strict";
import type { DeviceName } from "../../src/devices/mod.ts";
import { recordNetwork } from "../../src/recording/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import { allLayers, request, tokenNetwork, worstError } from "./record_fixtures.ts";

const devices = await openAll(["cpu", "wasm", "webgpu"]);
const asked = { ...request(devices.get("cpu")!), sampledUnits: 40 };

for (const name of ["wasm", "webgpu"] satisfies DeviceName[]) {
  Deno.test({
    name: `recordNetwork() gives on ${name} the moments, responses and channel means it gives on cpu`,
    ignore: name === "webgpu" && NO_ADAPTER,
    async fn() {
      for (const network of [asked.network, tokenNetwork()]) {
        const layers = await allLayers(await recordNetwork({ ...asked, network, device: devices.get(name)! }));
        const expected = await allLayers(await recordNetwork({ ...asked, network }));
        for (const [k, { layer, moments, sample, channelMeans }] of layers.entries()) {
          const reference = expected[k];
          moments.forEach((blocks, condition) =>
            blocks.forEach((group, block) => {
              const error = worstError(group, reference.moments[condition][block]);
              assert.ok(error < 1e-4, `${layer.name} ${condition} ${block}: ${error}`);
            })
          );
          assert.deepEqual(sample.units, reference.sample.units);
          assertClose(sample.responses, reference.sample.responses);
          assertClose(channelMeans, reference.channelMeans);
        }
      }
    },
  });
}

function assertClose(found: Float32Array, expected: Float32Array): void {
  assert.equal(found.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...found.map((value, i) => Math.abs(value - expected[i])));
  assert.ok(worst / scale < 1e-4, `${worst / scale}`);
}
