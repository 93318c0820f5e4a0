import { MINI } from "../../src/study/mod.ts";

const HASH = "0".repeat(64);

/** What the folder of a shard says of itself: the first of two, with one network. */
export function shardManifest(): string {
  return JSON.stringify({
    format: 1,
    shard: { index: 1, of: 2 },
    whole: {
      version: "0.1.0",
      study: MINI,
      networks: ["a"],
      shards: [[{ network: 0, groups: [0, 1] }], [{ network: 0, groups: [2] }]],
      sampledUnits: 100,
      locks: HASH,
      stimuli: HASH,
      device: "cpu",
      runtime: "onnxruntime",
    },
    machine: { deno: "2", runtime: "onnxruntime", device: "cpu", adapter: "", cpu: "one", os: "linux", threads: 2 },
    networks: [{
      id: "a",
      description: { id: "a", family: "a", reason: null },
      found: { sha256: HASH, status: "verified", bytes: 4 },
      preprocessing: { resize: 8, crop: 8, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] },
      recording: { file: "a.recording", key: HASH },
    }],
  });
}
