export type { Device, DeviceName, HostTensor, OpenOptions, Session } from "./device.ts";
export { maxBatch } from "./max_batch.ts";
export { type DeviceOptions, openDevice } from "./open_device.ts";
export { runtimeOf } from "./runtime_of.ts";
