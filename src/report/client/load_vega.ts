import type * as Vega from "vega";
import { unpack } from "./unpack.ts";

let loading: Promise<typeof Vega> | null = null;

/** Vega, which the page carries packed until the first chart is drawn; its policy knows the script by its hash. */
export function loadVega(): Promise<typeof Vega> {
  return loading ??= unpack("page-vega").then((text) => {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
    return (globalThis as unknown as { vega: typeof Vega }).vega;
  });
}
