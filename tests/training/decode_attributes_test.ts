import assert from "node:assert/strict";
import {
  byAspect,
  decodeAttributes,
  decodingSentence,
  type DescribedImages,
} from "../../src/training/decode_attributes.ts";
import { CODE_WIDTH } from "../../src/training/attribute_code.ts";
import { uniform } from "../../src/training/_uniform.ts";

/** Images of which the embedding shows colour, and hides size. */
function made(count: number, name: string): DescribedImages {
  const random = uniform(count * CODE_WIDTH, 0.01, 7, name);
  const attributes = Array.from({ length: count }, (_, i) => [
    `color: ${i % 2 === 0 ? "red" : "blue"}`,
    `size: ${random[i * CODE_WIDTH + 5] > 0 ? "large" : "small"}`,
    ...i % 3 === 0 ? ["hat: yes"] : [],
  ]);
  const embeddings = random.map((value, at) => {
    const image = Math.floor(at / CODE_WIDTH), place = at % CODE_WIDTH;
    if (place === 5) return 0;
    return place === 0 ? image % 2 : place === 1 && image % 3 === 0 ? 1 : value;
  });
  return { attributes, embeddings };
}

Deno.test("decodeAttributes() tells what the embedding shows, and guesses at what it hides", () => {
  const decodings = decodeAttributes(made(600, "learn"), made(300, "test"));
  const auc = Object.fromEntries(decodings.map(({ attribute, auc }) => [attribute, auc]));
  assert.deepEqual(Object.keys(auc), ["color: blue", "color: red", "hat: yes", "size: large", "size: small"]);
  for (const shown of ["color: blue", "color: red", "hat: yes"]) assert.equal(auc[shown], 1, shown);
  for (const hidden of ["size: large", "size: small"]) assert.ok(Math.abs(auc[hidden] - 0.5) < 0.12, `${auc[hidden]}`);
  assert.equal(decodings.find(({ attribute }) => attribute === "hat: yes")?.having, 100);

  const aspects = byAspect(decodings);
  assert.deepEqual(aspects.map(({ aspect, attributes }) => [aspect, attributes]), [["size", 2], ["color", 2], [
    "hat",
    1,
  ]]);
  assert.match(decodingSentence(decodings), /a mean AUC of 0\.8\d\d, least for "size" \(0\.[45]\d\d\)/);
});
