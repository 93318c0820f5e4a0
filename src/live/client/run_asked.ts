import type { RunAsked } from "../messages.ts";
import { element } from "./element.ts";

/** What the fields that both forms have ask. */
export function runAsked(form: "reproduce" | "own"): RunAsked {
  const limit = element<HTMLInputElement>(`${form}-limit`).valueAsNumber;
  return {
    device: element<HTMLSelectElement>(`${form}-device`).value as RunAsked["device"],
    fast: element<HTMLSelectElement>(`${form}-depth`).value === "fast",
    ...(Number.isNaN(limit) ? {} : { limit }),
  };
}
