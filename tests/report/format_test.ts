import assert from "node:assert/strict";
import {
  capitalized,
  formatBytes,
  formatCount,
  formatInterval,
  formatLevel,
  formatList,
  formatNumber,
  formatPercent,
  formatSigned,
  leftOut,
} from "../../src/report/_format.ts";
import { escapeHtml, markup } from "../../src/report/_html.ts";

Deno.test("formatNumber() keeps three digits, with a true minus and a dash for nothing", () => {
  const cases: [number | null, string][] = [
    [0, "0"],
    [-0.012345, "−0.0123"],
    [1234.5, "1230"],
    [1e-7, "1.00e-7"],
    [123456, "1.23e+5"],
    [null, "–"],
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value), text);
});

Deno.test("formatSigned() shows a plus only above zero", () => {
  assert.deepEqual([0.5, 0, -0.5, null].map((value) => formatSigned(value)), ["+0.5", "0", "−0.5", "–"]);
});

Deno.test("formatPercent(), formatInterval(), formatCount(), formatBytes() and formatList() read as in print", () => {
  assert.equal(formatPercent(0.1234), "12.3\u00a0%");
  assert.equal(formatPercent(null), "–");
  assert.equal(formatInterval([-0.125, 0.5]), "[−0.13, 0.5]");
  assert.equal(formatInterval(null), "");
  assert.equal(formatCount(1234567), "1\u202f234\u202f567");
  assert.deepEqual([null, 12, 1234, 98765432].map(formatBytes), ["–", "12 B", "1.23 kB", "98.8 MB"]);
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(formatList), ["", "a", "a and b", "a, b and c"]);
  assert.equal(capitalized("its units"), "Its units");
});

Deno.test("formatLevel() and leftOut() give a level and its rest without the dust of floating point", () => {
  assert.deepEqual([0.95, 0.9, 0.999, 0.975].map(formatLevel), [
    "95\u00a0%",
    "90\u00a0%",
    "99.9\u00a0%",
    "97.5\u00a0%",
  ]);
  assert.deepEqual([0.95, 0.9, 0.999].map(leftOut), [0.05, 0.1, 0.001]);
});

Deno.test("markup escapes text, keeps markup, joins lists and leaves nothing out", () => {
  const inner = markup`<b>${"<i>"}</b>`;
  assert.equal(
    markup`<p title="${'"'}">${inner}${[1, "&", null, false]}</p>`.toString(),
    '<p title="&quot;"><b>&lt;i&gt;</b>1&amp;</p>',
  );
  assert.equal(escapeHtml("'"), "&#39;");
});

Deno.test("capitalized() makes the first letter of a word a capital and leaves a symbol as it is", () => {
  assert.deepEqual(["margin", "Moran’s I", "d′ against", "t", ""].map(capitalized), [
    "Margin",
    "Moran’s I",
    "d′ against",
    "t",
    "",
  ]);
});
