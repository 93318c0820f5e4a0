export type { Device, DeviceName, HostTensor, OpenOptions, RunOptions, Session } from "./device.ts";
export { DEVICE_CHOICES } from "./device.ts";
export { isSoftware } from "./_gpu_adapter.ts";
export { maxBatch } from "./max_batch.ts";
export { openWebDevice, type WebDeviceName } from "./open_web_device.ts";
export type { WebDeviceOptions } from "./web_device_options.ts";
