import { describeErrorRates, describeFalseShares } from "./_describe_error_rates.ts";
import { percent, rateText, table } from "./_markdown.ts";
import type { Calibration } from "./calibrate.ts";
import type { Coverage } from "./coverage.ts";

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Coverage, how wide the intervals are, and how often there is none. */
function coverageCells({ measure, coverage, mean, deviation, halfWidth, without }: Coverage): string[] {
  const ratio = deviation > 0 ? (halfWidth / deviation).toFixed(2) : "–";
  const all = coverage.of + without;
  return [measure, rateText(coverage), short(mean), short(deviation), ratio, percent(without / all, 0)];
}

const COVERAGE_HEAD = ["measure", "coverage", "mean", "deviation", "half-width / deviation", "without interval"];

/** Writes a calibration as Markdown. */
export function describeCalibration(
  { settings, errorRates, falseShares, bias, layers, consistency, differences }: Calibration,
): string {
  return `# Calibration: ${settings.simulations} simulations of each kind

Made by \`deno task calibrate --simulations ${settings.simulations} --seed ${settings.seed}\`. Where nothing else is said noise is
normal, and units of a channel share 30 % of its variance. After ± stands one standard error.

## Error rates under pure noise

One layer of 200 units and 30 images per condition in the half that selects. A corrected test against one other condition may
select anything in 5 % of the layers (\`prince\`, two-sided, in 2.5 %); a conjunction over four selects less. Where groups are
small and unequal Welch's approximation is a little liberal that far in the tail. Criteria without a correction are shown for
comparison.

${describeErrorRates(errorRates)}

## False discoveries where most units pass some contrasts

2,000 units, 42 images per condition: 900 prefer two conditions alike, 900 are only suppressed by one, 20 prefer the target. The
default corrects each contrast by itself, as the common conjunction does; \`conjunction-max\` corrects the largest p.

${describeFalseShares(falseShares)}

## Planted effects, held out and circular

d′ against the runner-up, of the units selected on one half, less its expectation: on the other half, and on the images that
selected. 60 images per condition; the other conditions are all alike.

${
    table(
      [
        "planted",
        "other conditions",
        "expected d′ of the selected",
        "held out: bias ± error",
        "circular: bias ± error",
      ],
      bias.map(({ planted, others, expected, heldOut, circular }) => [
        short(planted),
        String(others),
        short(expected),
        `${short(heldOut.bias)} ± ${short(heldOut.error)}`,
        `${short(circular.bias)} ± ${short(circular.error)}`,
      ]),
    )
  }

## Coverage of 95 % intervals of one layer over images

9,600 units, six conditions of 60 images in ten blocks, unless told otherwise; the same units see other images in every
simulation. Intervals should cover the mean of the estimates. With nine degrees of freedom their half-width is 2.26 deviations
where the variance is estimated without bias. Entropy is its excess over random placement; exclusivity, which the default
criterion fixes, is that of the fifth of the units that responds most selectively, with three splits, and is taken where two
categories are selected for.

${table(["layer", ...COVERAGE_HEAD], layers.map((row) => [row.scenario, ...coverageCells(row)]))}

## Coverage of 95 % intervals of consistency over layers

Three layers of 96 units, over every unit and over those selected for one category.

${
    table(
      ["units", "images per condition", ...COVERAGE_HEAD],
      consistency.map((row) => [row.units, String(row.imagesPerCondition), ...coverageCells(row)]),
    )
  }

## Coverage of 95 % intervals of differences

One network a family: the same two networks see other images in every simulation, with noise of their own or the same noise.
Several: each simulation trains new networks, which differ in how much is planted, and shows them other images. Intervals of few
trainings have few degrees of freedom and are wider for it.

${
    table(
      ["networks per family", "noise", ...COVERAGE_HEAD],
      differences.map((
        row,
      ) => [String(row.trainings), row.sameNoise ? "the same" : "their own", ...coverageCells(row)]),
    )
  }
`;
}
