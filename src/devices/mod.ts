export * from "./browser.ts";
export { type DeviceOptions, openDevice } from "./open_device.ts";
