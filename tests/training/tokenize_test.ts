import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { bertTokenizer } from "../../src/training/tokenize.ts";

const FIXTURES = new URL("../../fixtures/encoder/", import.meta.url);
const vocabulary = await readFile(new URL("vocab.txt", FIXTURES), "utf8");

Deno.test("bertTokenizer() gives the ids that the tokenizers library gives, long sentences cut", async () => {
  const { longest, sentences } = JSON.parse(await readFile(new URL("tiny.json", FIXTURES), "utf8"));
  const tokenize = bertTokenizer(vocabulary, longest);
  for (const { sentence, ids } of sentences) assert.deepEqual(tokenize(sentence), ids, sentence);
  assert.ok(sentences.some(({ ids }: { ids: number[] }) => ids.length === longest));
});

Deno.test("bertTokenizer() keeps the end of a sentence that it cuts, and reads lines that end as on Windows", () => {
  const [cls, sep] = [2, 3];
  const whole = bertTokenizer(vocabulary, 512)("the red face");
  assert.deepEqual(bertTokenizer(vocabulary, 4)("the red face"), [...whole.slice(0, 3), sep]);
  assert.deepEqual(bertTokenizer(vocabulary, 2)("the red face"), [cls, sep]);
  assert.deepEqual(bertTokenizer(vocabulary.replaceAll("\n", "\r\n"), 512)("the red face"), whole);
});

Deno.test("bertTokenizer() refuses a vocabulary that is not BERT's and a length that holds no sentence", () => {
  for (const mark of ["[CLS]", "[SEP]", "[UNK]"]) {
    assert.throws(
      () => bertTokenizer(vocabulary.replace(mark, "x"), 16),
      new RegExp(`^Error: Cannot use the vocabulary: none of its 61 pieces is \\${mark}; expected BERT's$`),
    );
  }
  for (const longest of [1, 2.5, NaN]) {
    assert.throws(() => bertTokenizer(vocabulary, longest), /^Error: Cannot cut sentences to .* at least 2$/);
  }
});
