import { Tokenizer } from "@huggingface/tokenizers";

/** The token ids of a sentence, with those of its beginning and end. */
export type Tokenize = (sentence: string) => number[];

const CLASS = "[CLS]", SEPARATOR = "[SEP]", UNKNOWN = "[UNK]";
/** Marks that a text may hold as they are. */
const MARKS = ["[PAD]", UNKNOWN, CLASS, SEPARATOR, "[MASK]"];

/**
 * WordPiece as BERT's uncased models use it: lower case, without accents, split at spaces and punctuation.
 *
 * @param vocabulary The text of `vocab.txt`: one piece a line, its id the number of the line from 0.
 * @param longest The most tokens of a sentence, its beginning and end among them; what follows is left out.
 * @throws {Error} where the vocabulary lacks the marks that every sentence needs.
 */
export function bertTokenizer(vocabulary: string, longest: number): Tokenize {
  const pieces = vocabulary.replace(/\r?\n$/, "").split(/\r?\n/);
  const ids = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const missing = [CLASS, SEPARATOR, UNKNOWN].find((mark) => !Object.hasOwn(ids, mark));
  if (missing !== undefined) {
    throw new Error(`Cannot use the vocabulary: none of its ${pieces.length} pieces is ${missing}; expected BERT's`);
  }
  if (!Number.isInteger(longest) || longest < 2) {
    throw new Error(`Cannot cut sentences to ${longest} tokens; expected a whole number of at least 2`);
  }
  const tokenizer = new Tokenizer({
    added_tokens: MARKS.filter((mark) => Object.hasOwn(ids, mark)).map((content) => ({
      id: ids[content],
      content,
      special: true,
      normalized: false,
    })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    model: {
      type: "WordPiece",
      unk_token: UNKNOWN,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: ids,
    },
    post_processor: null,
    decoder: null,
  }, {});
  return (sentence) => {
    const inner = tokenizer.encode(sentence, { add_special_tokens: false }).ids;
    return [ids[CLASS], ...inner.slice(0, longest - 2), ids[SEPARATOR]];
  };
}
