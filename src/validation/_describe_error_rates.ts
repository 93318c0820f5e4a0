import type { ErrorRates, NullNoise } from "./error_rates.ts";
import type { FalseShare } from "./false_shares.ts";
import { percent, rateText, table } from "./_markdown.ts";

const NOISE_WORDS: Readonly<Record<NullNoise, string>> = {
  normal: "normal, each unit's own",
  shared: "normal, half of it common to all units",
  skewed: "exponential",
  "heavy-tailed": "Student's t with 5 degrees of freedom",
  unequal: "normal, a third of the images for the target",
};

/** The rates under pure noise as a table in Markdown. */
export function describeErrorRates(rows: readonly ErrorRates[]): string {
  return table(
    ["noise", "criterion", "conditions", "share of units selected", "layers with any"],
    rows.map(({ noise, criterion, conditions, perUnit, perLayer }) => [
      NOISE_WORDS[noise],
      criterion,
      String(conditions),
      percent(perUnit, 3),
      rateText(perLayer),
    ]),
  );
}

/** The false shares under the partial null as a table in Markdown. */
export function describeFalseShares(rows: readonly FalseShare[]): string {
  return table(
    ["criterion", "units selected", "of which false", "of the truly selective found"],
    rows.map(({ criterion, selected, falseShare, error, found }) => [
      criterion,
      selected.toFixed(1),
      `${percent(falseShare)} ± ${percent(error)}`,
      percent(found),
    ]),
  );
}
