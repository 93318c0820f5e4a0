import { correct, oneSidedPValues, poolMoments, student, welch } from "../src/statistics/mod.ts";
import { layerMoments } from "./_layers.ts";
import { bench, runBenches } from "./_timing.ts";

const moments = layerMoments(1_000_000);
const test = welch(moments[0], moments[1]);
const p = oneSidedPValues(test);
const group = "tests of a million units";

bench({ name: "welch", group, baseline: true, fn: () => void welch(moments[0], moments[1]) });
bench({ name: "student", group, fn: () => void student(moments[0], moments[1]) });
bench({ name: "p", group, n: 5, fn: () => void oneSidedPValues(test) });
bench({ name: "Benjamini–Hochberg", group, n: 5, fn: () => void correct(p, "benjamini-hochberg") });
// As a half of ten blocks is put together, for every split and deletion.
bench({ name: "moments of five blocks pooled", group, fn: () => void poolMoments(...moments.slice(0, 5)) });

await runBenches("statistics");
