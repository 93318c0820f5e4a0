export type { Device, DeviceName, HostTensor, OpenOptions, Session } from "./device.ts";
export { maxBatch } from "./max_batch.ts";
export { openWebDevice, type WebDeviceName, type WebDeviceOptions } from "./open_web_device.ts";
export { runtimeOf } from "./runtime_of.ts";
