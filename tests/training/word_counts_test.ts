import assert from "node:assert/strict";
import { countWords, listVocabulary, tokenize } from "../../src/training/word_counts.ts";

Deno.test("tokenize() takes words in lower case and any numeral as one", () => {
  assert.deepEqual(tokenize("A person's face, the number 8270"), ["a", "person", "s", "face", "the", "number", "#"]);
  assert.deepEqual(tokenize(""), []);
});

Deno.test("listVocabulary() leaves rare words out, however often one caption says them", () => {
  assert.deepEqual(listVocabulary(["b a", "a b", "a c c c"], 2), ["a", "b"]);
});

Deno.test("countWords() gives shares of the known words", () => {
  const places = new Map([["a", 0], ["face", 1]]);
  assert.deepEqual([...countWords("a face, a zebra", places)].map((share) => share.toFixed(4)), ["0.6667", "0.3333"]);
  assert.deepEqual([...countWords("zebra", places)], [0, 0]);
});
