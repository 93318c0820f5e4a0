import type { Results } from "./results.ts";

/** Whether any network ran. Where none did there are reasons and no numbers, so no page is made of them. */
export function anyRan({ networks }: Pick<Results, "networks">): boolean {
  return networks.some(({ status }) => status === "run");
}
