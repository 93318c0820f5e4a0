import { correct, oneSidedPValues, poolMoments, student, welch } from "../src/statistics/mod.ts";
import { layerMoments } from "./_layers.ts";

const moments = layerMoments(1_000_000);
const test = welch(moments[0], moments[1]);
const p = oneSidedPValues(test);
const group = "tests of a million units";

Deno.bench("welch", { group, baseline: true }, () => void welch(moments[0], moments[1]));
Deno.bench("student", { group }, () => void student(moments[0], moments[1]));
Deno.bench("p", { group, n: 5 }, () => void oneSidedPValues(test));
Deno.bench("Benjamini–Hochberg", { group, n: 5 }, () => void correct(p, "benjamini-hochberg"));
// As a half of ten blocks is put together, for every split and deletion.
Deno.bench("moments of five blocks pooled", { group }, () => void poolMoments(...moments.slice(0, 5)));
