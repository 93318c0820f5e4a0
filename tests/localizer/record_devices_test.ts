import assert from "node:assert/strict";
import type { DeviceName } from "../../src/devices/mod.ts";
import { type Recording, recordNetwork } from "../../src/localizer/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import { request, worstRecordingError } from "./record_fixtures.ts";

const devices = await openAll(["cpu", "wasm", "webgpu"]);
const asked = request(devices.get("cpu")!);
const onCpu: Recording = await recordNetwork(asked);

for (const name of ["wasm", "webgpu"] satisfies DeviceName[]) {
  Deno.test({
    name: `recordNetwork() gives on ${name} the moments and responses it gives on cpu`,
    ignore: name === "webgpu" && NO_ADAPTER,
    async fn() {
      const device = devices.get(name)!;
      const recording = await recordNetwork({ ...asked, device, sampledUnits: 40 });
      const reference = await recordNetwork({ ...asked, sampledUnits: 40 });
      const error = worstRecordingError(recording, onCpu);
      assert.ok(error < 1e-4, `${error}`);
      for (const [k, { sample }] of recording.taps.entries()) {
        const expected = reference.taps[k].sample;
        assert.deepEqual(sample.units, expected.units);
        const scale = Math.max(...expected.responses);
        const worst = Math.max(...sample.responses.map((value, i) => Math.abs(value - expected.responses[i])));
        assert.ok(worst / scale < 1e-4, `${worst / scale}`);
      }
    },
  });
}
