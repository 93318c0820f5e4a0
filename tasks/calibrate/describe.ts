import type { Calibration } from "./calibrate.ts";
import { describeErrorRates, describeFalseShares } from "./describe_error_rates.ts";
import { rateText, table } from "./markdown.ts";

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Writes a calibration as Markdown. */
export function describeCalibration(
  { settings, errorRates: rates, falseShares, bias, methods, coverage, consistency, families }: Calibration,
): string {
  return `# Calibration

Made by \`deno task calibrate --simulations ${settings.simulations} --seed ${settings.seed}\`. Where nothing else is said noise is normal,
and units of a channel share a part of it.

## Error rates under pure noise

One tap of 200 units and 30 images per condition and fold. A corrected test against one other condition may select anything
in 5 % of the taps (\`prince\`, two-sided, in 2.5 %); a conjunction over four selects less. Where groups are small and unequal
Welch's approximation is a little liberal that far in the tail. Criteria without a correction are shown for comparison.

${describeErrorRates(rates)}

## False discoveries where most units pass some contrasts

2,000 units, 42 images per condition: 900 prefer two conditions alike, 900 are only suppressed by one, 20 prefer the target. The
default corrects each contrast by itself, as the common conjunction does; \`conjunction-max\` corrects the largest p.

${describeFalseShares(falseShares)}

## Planted effects, held out and circular

d′ of the units selected on one fold, less its expectation: on the other fold, and on the images that selected.

${
    table(
      ["planted", "expected d′ of the selected", "held out: bias ± error", "circular: bias ± error"],
      bias.map(({ planted, expected, heldOut, circular }) => [
        short(planted),
        short(expected),
        `${short(heldOut.bias)} ± ${short(heldOut.error)}`,
        `${short(circular.bias)} ± ${short(circular.error)}`,
      ]),
    )
  }

## Which interval

A mean over 200 units that differ, estimated on all of them, with 60 images. Where only some are resampled, a percentile or
BCa interval stands where those units stand; the centred one is used.

${
    table(
      ["interval", "units resampled", "coverage"],
      methods.map(({ method, resampled, coverage }) => [
        method,
        String(resampled),
        rateText(coverage),
      ]),
    )
  }

## Coverage of 95 % intervals over images

1,152 units, a tenth of which prefer the category, 30 images per condition and fold. Matched selections take a fifth of the units,
so that some are selected for two categories. Localization is no linear function of the units selected; its intervals err a
little on the wide side.

${
    table(
      ["scenario", "measure", "estimates", "coverage", "deviation", "mean error"],
      coverage.map((row) => [
        row.scenario,
        row.measure,
        row.target,
        rateText(row.coverage),
        short(row.deviation),
        short(row.error),
      ]),
    )
  }

## Coverage of 95 % intervals of consistency over taps

Three taps of 96 units, over every unit and over those selected for one category. With few images pairs have few independent parts.

${
    table(
      ["units", "images per condition and fold", "coverage", "deviation", "mean error"],
      consistency.map(({ units, imagesPerFold, coverage, deviation, error }) => [
        units,
        String(imagesPerFold),
        rateText(coverage),
        short(deviation),
        short(error),
      ]),
    )
  }

## Coverage of 95 % intervals of differences between families

Two families whose networks differ by seed in how much is planted; other images and other seeds in every simulation. Three
networks leave two degrees of freedom, so these intervals err on the wide side.

${
    table(
      ["measure", "networks per family", "coverage", "deviation", "mean error"],
      families.map(({ measure, seeds, coverage, deviation, error }) => [
        measure,
        String(seeds),
        rateText(coverage),
        short(deviation),
        short(error),
      ]),
    )
  }
`;
}
